// The one XML shape in which a GameStream host answers: a root with a status, and a few children on one line.

export interface XmlReply {
  readonly statusCode: number;
  readonly statusMessage?: string;
  /** Only in the answer to a client that isn't paired. */
  readonly query?: string;
  readonly children?: readonly XmlChild[];
}

export type XmlChild = readonly [name: string, content: string | number | readonly XmlChild[]];

/** Control characters other than tab, LF and CR have no place in XML 1.0. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;')
      // A literal one would be read as a space in attributes and lost by some readers in text.
      .replaceAll('\r', '&#13;')
  );
}

function writeChild([name, content]: XmlChild): string {
  if (content === '') return `<${name}/>`;
  if (typeof content !== 'object') return `<${name}>${escapeXml(String(content))}</${name}>`;
  return `<${name}>${content.map(writeChild).join('')}</${name}>`;
}

/** As the property tree of Sunshine writes it: a declaration, a newline, the root, and no newline after it. */
export function writeXml({ statusCode, query, statusMessage, children = [] }: XmlReply): string {
  const attributes = [
    ` status_code="${statusCode}"`,
    query === undefined ? '' : ` query="${escapeXml(query)}"`,
    statusMessage === undefined ? '' : ` status_message="${escapeXml(statusMessage)}"`,
  ].join('');
  const inner = children.map(writeChild).join('');
  const root = inner === '' ? `<root${attributes}/>` : `<root${attributes}>${inner}</root>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${root}`;
}
