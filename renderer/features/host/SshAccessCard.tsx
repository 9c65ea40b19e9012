// How Athena reaches into the host to pause apps there.
import { TerminalSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryHost } from '../../../electron/common/library';

export function SshAccessCard({ host }: { readonly host: LibraryHost }): ReactNode {
  const { t } = useTranslation('host');
  const { ssh, address } = host.record;
  return (
    <section className="card section" aria-label={t('ssh')}>
      <h2 className="section__title">{t('ssh')}</h2>
      {ssh === undefined ? (
        <p className="faint">{t('sshNone')}</p>
      ) : (
        <>
          <p className="host__ssh">
            <TerminalSquare size="1.1em" aria-hidden /> <code>{t('sshAs', { user: ssh.user, address, port: ssh.port })}</code>
          </p>
          <p className="faint">{ssh.keyFile === undefined ? t('sshAgent') : t('sshKeyFile', { file: ssh.keyFile })}</p>
        </>
      )}
    </section>
  );
}
