// Types of electron-runtime.mjs for the TypeScript that starts Electron.
export type ElectronLocation =
  | { readonly path: string; readonly kind: 'official' | 'development' }
  | { readonly path: null; readonly reason: string };

/** Where Electron's executable is. Looks only, downloads nothing. */
export function electronPath(): ElectronLocation;
