// What a page needs before it runs a script of this house.

/** The loader of these scripts wraps functions in a call that keeps their names; pages have no such call. */
export const loaderNames = 'globalThis.__name = (target) => target';
