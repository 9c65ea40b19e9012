// One page with all pictures, small and under their names, to be looked through.

/** @param names of the pictures, without their ending */
export function contactSheet(names: readonly string[]): string {
  const figures = names.map((name) => `<figure><a href="${name}.png"><img src="${name}.png" loading="lazy" alt=""></a><figcaption>${name}</figcaption></figure>`).join('\n');
  return `<!doctype html>
<meta charset="utf-8">
<title>Athena: ${names.length} pictures</title>
<style>
body { margin: 1rem; background: #16181d; color: #d7dce5; font: 14px system-ui; display: grid; grid-template-columns: repeat(auto-fill, minmax(26rem, 1fr)); gap: 1rem; }
figure { margin: 0; } img { width: 100%; border-radius: 6px; } figcaption { padding: 0.3rem 0; }
</style>
${figures}
`;
}
