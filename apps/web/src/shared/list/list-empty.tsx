import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import type { Action } from '../action/action.ts'
import { ActionButton } from '../action/action-buttons.tsx'
import { useOpenHelp } from '../help/page-help.ts'

/** Said where there is nothing at all yet: what such a thing is good for, and the button that makes the first one. */
export interface ListEmptyWords {
  readonly title: string
  readonly text?: ReactNode
  /** Where it is not the primary action of the page's list. */
  readonly action?: Action
}

interface ListNothingProps {
  readonly words: ListEmptyWords
  /** Of a list that is the whole page: what its rows are called. The page's help, with its guides, says more of them. */
  readonly pageOf: string | undefined
  readonly noMatch: string | undefined
  readonly partSearched: string | undefined
  readonly isFiltered: boolean
  readonly isSearching: boolean
  readonly onClear: (() => void) | undefined
  /** The search has not come to its end. */
  readonly onSearchOn: (() => void) | undefined
  /** The address names a page behind this one, which is the last. */
  readonly lastPage: number | undefined
  readonly onTurn: (page: number) => void
}

/** Why there are no rows, and what leads to some. */
export function ListNothing(props: ListNothingProps) {
  const openHelp = useOpenHelp()
  const { words, pageOf, noMatch, partSearched, isFiltered, isSearching, onClear, onSearchOn, lastPage, onTurn } = props
  if (lastPage !== undefined) {
    return (
      <Nothing title="The list has no such page">
        <Button onClick={() => onTurn(lastPage)}>{lastPage === 1 ? 'To its only page' : 'To its last page'}</Button>
      </Nothing>
    )
  }
  if (isFiltered || onSearchOn) {
    return (
      <Nothing title={onSearchOn ? 'No matches so far' : (noMatch ?? 'No matches')} text={onSearchOn && partSearched}>
        {onSearchOn && (
          <Button loading={isSearching} onClick={onSearchOn}>
            Search on
          </Button>
        )}
        {isFiltered && onClear && <Button onClick={onClear}>Clear filter</Button>}
      </Nothing>
    )
  }
  return (
    <Nothing title={words.title} text={words.text}>
      {words.action && <ActionButton {...words.action} />}
      {pageOf !== undefined && openHelp && (
        <Button variant="link" onClick={openHelp}>
          Learn more about {pageOf}
        </Button>
      )}
    </Nothing>
  )
}

function Nothing({ title, text, children }: { title: string; text?: ReactNode; children?: ReactNode }) {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="s" alignItems="center">
        <div>
          <Box variant="strong">{title}</Box>
          {text !== undefined && <Box color="text-body-secondary">{text}</Box>}
        </div>
        {children && (
          <SpaceBetween direction="horizontal" size="xs">
            {children}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Box>
  )
}
