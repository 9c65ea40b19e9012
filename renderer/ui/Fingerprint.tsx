// Facts about a key or certificate, to be compared letter by letter.
import type { ReactNode } from 'react';

export function Fingerprint({ rows }: { readonly rows: readonly (readonly [label: string, value: string])[] }): ReactNode {
  return (
    <dl className="fingerprint">
      {rows.map(([label, value]) => (
        <div key={label} className="fingerprint__row">
          <dt>{label}</dt>
          <dd>
            <code>{value}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
