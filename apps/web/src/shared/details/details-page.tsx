import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import type { ReactNode } from 'react'
import type { Action } from '../action/action.ts'
import { HeaderActions } from '../action/action-buttons.tsx'
import { type Breadcrumb, usePageChrome } from '../chrome/chrome.tsx'
import { PageHeader } from '../help/page-header.tsx'
import { ApiError } from '../http.ts'
import { NameText } from '../text/name-text.tsx'
import { visibleText } from '../text/visible-text.ts'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { Loading } from '../ui/loading.tsx'
import { textsTogether } from '../ui/texts-together.tsx'

/** A tab; its content may need what the page is about, or do without. */
export interface DetailsTab<T, Id extends string> {
  readonly id: Id
  readonly label: string
  readonly content: DetailsContent<T>
}

type DetailsContent<T> = ReactNode | ((item: T) => ReactNode)

interface TabsOfPage<T, Id extends string> {
  readonly tabs: readonly DetailsTab<T, Id>[]
  /** The open tab is in the address; without one, the first is open. */
  readonly search: { readonly tab?: Id }
  readonly setSearch: (change: { readonly tab: Id | undefined }) => void
}

/** A page has tabs, or where there is little to say its content alone. */
type DetailsPageProps<T, Id extends string> = DetailsHead<T> &
  (TabsOfPage<T, Id> | { readonly tabs?: undefined; readonly content: DetailsContent<T> })

interface DetailsHead<T> {
  /** Its name. */
  readonly title: string
  /** From the top down, this page last. */
  readonly breadcrumbs: readonly Breadcrumb[]
  /** What is most urgent to know, below the name; not said of what is not there. */
  readonly status?: ReactNode
  readonly actions?: readonly Action[]
  /** What it is in a word, 'thing'. */
  readonly what: string
  /** Reads it. */
  readonly query: {
    readonly data: T | undefined
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  /** 'The registry knows no thing named pump-7' */
  readonly notFound: string
}

/**
 * The page of one thing: name, status, actions, tabs. A page says what it reads and what the tabs hold; reading, what is
 * not found, what failed and the address are the kit's.
 */
export function DetailsPage<T, Id extends string = never>(props: DetailsPageProps<T, Id>) {
  const { title, breadcrumbs, status, actions = [], what, query, notFound } = props
  usePageChrome({ title, breadcrumbs })
  const { data, error } = query
  // AWS's word that there is none; that the console server has no such address says nothing about it.
  const isGone = error instanceof ApiError && error.status === 404 && error.code !== 'NOT_FOUND'
  // What is not there cannot be changed; what leads to others' words about it stays.
  const offered = isGone ? actions.filter(({ needs }) => needs === undefined) : actions
  return (
    <SpaceBetween size="s">
      <PageHeader
        description={!isGone && status && <span className="td-breaks">{status}</span>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <HeaderActions actions={offered} />
          </SpaceBetween>
        }
      >
        <NameText text={title} />
      </PageHeader>
      {error && (
        <ErrorAlert
          error={error}
          what={isGone ? notFound : `The ${what} could not be read`}
          onRetry={() => void query.refetch()}
        />
      )}
      {props.tabs === undefined ? (
        textsTogether(shown(props.content))
      ) : (
        <DetailsTabs shown={shown} {...props} tabs={isGone ? props.tabs.filter(standsAlone) : props.tabs} />
      )}
    </SpaceBetween>
  )

  function shown(content: DetailsContent<T>): ReactNode {
    if (typeof content !== 'function') return content
    if (data !== undefined) return content(data)
    return !error && <Loading what={what} />
  }
}

/** Whether a tab has something to say of what is not there: its timeline, who changed it. */
const standsAlone = <T,>({ content }: DetailsTab<T, string>) => typeof content !== 'function'

interface DetailsTabsProps<T, Id extends string> extends TabsOfPage<T, Id> {
  readonly title: string
  readonly shown: (content: DetailsContent<T>) => ReactNode
}

function DetailsTabs<T, Id extends string>({ title, tabs, search, setSearch, shown }: DetailsTabsProps<T, Id>) {
  if (tabs.length === 0) return null
  return (
    <Tabs
      ariaLabel={`About ${visibleText(title)}`}
      // An address may name a tab that this one does not have.
      activeTabId={(tabs.find(({ id }) => id === search.tab) ?? tabs[0])?.id ?? ''}
      onChange={({ detail }) => setSearch({ tab: tabs.find(({ id }) => id === detail.activeTabId)?.id })}
      tabs={tabs.map(({ id, label, content }) => ({ id, label, content: shown(content) }))}
    />
  )
}
