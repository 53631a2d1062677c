import { type Breadcrumb, usePageChrome } from '../chrome/chrome.tsx'
import { List } from './list.tsx'
import type { ListProps } from './list-props.ts'

interface ListPageProps<Row, F extends object> extends Omit<ListProps<Row, F>, 'variant'> {
  /** From the top down, this page last. */
  readonly breadcrumbs: readonly Breadcrumb[]
}

/** A page that is a list: see {@link List} for what it says about itself. */
export function ListPage<Row, F extends object = Record<never, never>>({
  breadcrumbs,
  ...list
}: ListPageProps<Row, F>) {
  usePageChrome({ title: list.words.title, breadcrumbs })
  return <List {...list} />
}
