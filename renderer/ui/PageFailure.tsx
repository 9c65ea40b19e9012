// When drawing breaks: says so and draws anew. Sessions live in the main process and go on meanwhile.
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { wordsOf } from '../language/language';

const words = wordsOf('ui');

export class PageFailure extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('drawing failed', error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="failure">
        <h1>{words('failure.title')}</h1>
        <p className="quiet">{words('failure.lead')}</p>
        <button type="button" className="button button--primary" autoFocus onClick={() => window.location.reload()}>
          {words('failure.again')}
        </button>
      </main>
    );
  }
}
