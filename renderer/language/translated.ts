// What the words of another language have to look like: the same keys as the English ones, and none besides.

export type Translated<English> = { readonly [Key in keyof English]: English[Key] extends string ? string : Translated<English[Key]> };
