import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import type { Action } from '../action/action.ts'
import { HeaderActions } from '../action/action-buttons.tsx'
import { formatCount } from '../format.ts'
import { InfoLink } from '../help/info-link.tsx'
import type { ListWords } from './list-props.ts'
import type { ListSource } from './list-source.ts'
import { ReadAgo } from './read-ago.tsx'

interface ListHeaderProps {
  readonly variant: 'awsui-h1-sticky' | 'h2'
  readonly words: ListWords
  /** `isAtLeast`: there are more that nobody counted. */
  readonly count: { readonly number: number; readonly isAbout?: boolean; readonly isAtLeast?: boolean } | undefined
  readonly actions: readonly Action[]
  /** Those that are kept under a name. */
  readonly views: ReactNode
  readonly aside: ReactNode
  /** What it shows: how old that is, and whether it is read anew. */
  readonly source: ListSource<unknown>
  readonly onRefresh: () => void
  /** The preferences, where there is no bar for them. */
  readonly children: ReactNode
}

/** Title, number, actions and refresh of a list. */
export function ListHeader(props: ListHeaderProps) {
  const { variant, words, count, actions, views, aside, source, onRefresh, children } = props
  return (
    <Header
      variant={variant}
      info={variant !== 'h2' && <InfoLink />}
      {...(count && {
        counter: `(${count.isAbout ? 'about ' : ''}${formatCount(count.number)}${count.isAtLeast ? '+' : ''})`,
      })}
      description={words.description}
      actions={
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          {views}
          {aside}
          <ReadAgo source={source} />
          <Button
            iconName="refresh"
            ariaLabel={`Refresh ${words.many}`}
            loading={source.isRefreshing}
            onClick={onRefresh}
          />
          <HeaderActions actions={actions} />
          {children}
        </SpaceBetween>
      }
    >
      {words.title}
    </Header>
  )
}
