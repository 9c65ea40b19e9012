// How Athena reaches into the host to pause apps there.
import { TerminalSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LibraryHost } from '../../../electron/common/library';
import { texts } from './texts';

export function SshAccessCard({ host }: { readonly host: LibraryHost }): ReactNode {
  const { ssh, address } = host.record;
  return (
    <section className="card section" aria-label={texts.ssh}>
      <h2 className="section__title">{texts.ssh}</h2>
      {ssh === undefined ? (
        <p className="faint">{texts.sshNone}</p>
      ) : (
        <>
          <p className="host__ssh">
            <TerminalSquare size="1.1em" aria-hidden /> <code>{texts.sshAs(ssh.user, address, ssh.port)}</code>
          </p>
          <p className="faint">{ssh.keyFile === undefined ? texts.sshAgent : texts.sshKeyFile(ssh.keyFile)}</p>
        </>
      )}
    </section>
  );
}
