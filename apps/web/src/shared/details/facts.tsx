import './facts.css'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Children, type ReactNode } from 'react'
import { Copyable } from '../ui/copyable.tsx'

/** One thing that is known: a value, a text that people copy (an ARN, an id), or a list. */
export type Fact = { readonly label: string } & (
  | { readonly value: ReactNode }
  | { readonly copy: string | undefined /** Completes 'Copy …' where the label does not. */; readonly what?: string }
  | {
      /** Each with a key. */
      readonly list: readonly ReactNode[]
      /** There may be dozens: where there are, they stand below the other facts, beside each other as there is room. */
      readonly mayBeLong?: boolean
    }
)

interface FactsProps {
  /** `undefined` leaves a fact out; a fact without a value says `–`. */
  readonly facts: readonly (Fact | undefined)[]
  /** As many beside each other as there is room, at most these. */
  readonly columns?: number
}

/** A line of an ARN with a name of usual length. */
const FOR_AN_ARN_PX = 340
/** As high as a name of 128 characters in a column, and some more. */
const MOST_LINES = 8

/** Facts about one thing, each under its label. */
export function Facts({ facts, columns = 3 }: FactsProps) {
  const known = facts.filter((fact) => fact !== undefined)
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={columns}
        minColumnWidth={FOR_AN_ARN_PX}
        items={known.filter((fact) => !isLong(fact)).map((fact) => ({ label: fact.label, value: contentOf(fact) }))}
      />
      {known.filter(isLong).map((fact) => (
        <div key={fact.label} className="td-long-fact">
          <KeyValuePairs items={[{ label: fact.label, value: contentOf(fact) }]} />
        </div>
      ))}
    </SpaceBetween>
  )
}

const isLong = (fact: Fact): boolean => 'list' in fact && fact.mayBeLong === true && fact.list.length > MOST_LINES

interface LoadingFactsProps {
  /** Completes 'Loading …'. */
  readonly what: string
  /** So many facts as there usually are. */
  readonly count: number
}

/** Facts that are still read: they have their room from the beginning, so that what is below does not move when they come. */
export function LoadingFacts({ what, count }: LoadingFactsProps) {
  const loading = <StatusIndicator type="loading">Loading {what}</StatusIndicator>
  const facts = Array.from({ length: count }, (_, index) => ({
    label: '…',
    value: index === 0 ? <span role="status">{loading}</span> : '…',
  }))
  return <Facts facts={facts} />
}

function contentOf(fact: Fact): ReactNode {
  if ('value' in fact) return fact.value ?? '–'
  if ('copy' in fact) {
    return fact.copy === undefined ? '–' : <Copyable what={fact.what ?? inSentence(fact.label)} text={fact.copy} />
  }
  if (fact.list.length === 0) return '–'
  return (
    <ul className="td-plain-list">
      {Children.map(fact.list, (each) => (
        <li>{each}</li>
      ))}
    </ul>
  )
}

/** `Thing id` → `thing id`, but `ARN` as it is. */
const inSentence = (label: string) => (/^.[A-Z]/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1))
