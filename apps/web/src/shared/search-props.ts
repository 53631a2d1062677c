/** A page's part of the URL. `setSearch` changes the named parameters; undefined removes one. */
export interface SearchProps<S extends object> {
  readonly search: S
  readonly setSearch: (
    change: { readonly [K in keyof S]?: S[K] | undefined },
    options?: { readonly replace?: boolean },
  ) => void
}
