// The big round sign of a state; it breathes while Athena works on it.
import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export function StateDisc({ icon: Icon, isWorking }: { readonly icon: LucideIcon; readonly isWorking: boolean }): ReactNode {
  return (
    <div className={isWorking ? 'disc disc--working' : 'disc'} aria-hidden>
      <Icon size="1.9rem" className={Icon === LoaderCircle ? 'turning' : undefined} />
    </div>
  );
}
