// When drawing breaks: says so and draws anew. Sessions live in the main process and go on meanwhile.
import { Component, type ErrorInfo, type ReactNode } from 'react';

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
        <h1>This window could not be drawn</h1>
        <p className="quiet">Your sessions go on. Draw the window again; if it fails once more, Athena’s log says why.</p>
        <button type="button" className="button button--primary" autoFocus onClick={() => window.location.reload()}>
          Draw again
        </button>
      </main>
    );
  }
}
