// Facts about a key or certificate, to be compared letter by letter.
import { Fragment, type ReactNode } from 'react';

export function Fingerprint({ rows }: { readonly rows: readonly (readonly [label: string, value: string])[] }): ReactNode {
  return (
    <dl className="fingerprint">
      {rows.map(([label, value]) => (
        <div key={label} className="fingerprint__row">
          <dt>{label}</dt>
          <dd>
            <code>{breakable(value)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A line ends after a pair of digits, never within one; what is copied stays the same. */
function breakable(value: string): ReactNode {
  return value.split(/(?<=:)/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}
