// The machine the tests run on, through the port: programs are run without a shell, and the slow are given up.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { localMachine } from '../../../../electron/adapters/clients/machine';

const machine = localMachine();
const node = process.execPath;

describe('the local machine', () => {
  it('runs a program with its arguments as they are', async () => {
    const script = 'console.log(process.argv[1]); console.error("and this"); process.exit(3)';
    const output = await machine.run(node, ['-e', script, '$(id) ; "']);
    expect(output?.exitCode).toBe(3);
    expect(output?.text).toContain('$(id) ; "\n');
    expect(output?.text).toContain('and this');
  });

  it('gives a program no input to wait for', async () => {
    expect(await machine.run(node, ['-e', 'process.stdin.resume().on("end", () => process.exit(0))'])).toMatchObject({ exitCode: 0 });
  });

  it('answers null for what can’t be started, and for text that is not there', async () => {
    expect(await machine.run('/nonexistent/program', [])).toBeNull();
    expect(await machine.readText('/nonexistent/text')).toBeNull();
  });

  it('knows a program from a text and a directory', async () => {
    expect(await machine.isExecutable(node)).toBe(true);
    expect(await machine.isExecutable(fileURLToPath(import.meta.url))).toBe(false);
    expect(await machine.isExecutable('/')).toBe(false);
    expect(await machine.isExecutable('/nonexistent')).toBe(false);
  });
});
