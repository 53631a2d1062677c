import '../refusals.css'
import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import { REFUSAL_PARTS, type Refusal } from '@thingdeck/contract'
import { Sparkline } from '../../../shared/chart/sparkline.tsx'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { Age } from '../../../shared/time.tsx'
import { refusalFactsQuery } from '../api.ts'
import { causeOf } from '../cause.ts'
import { whatInWords, whatWasTried } from '../what-words.ts'

export const Last = ({ lastAt }: Pick<Refusal, 'lastAt'>) => <Age atMs={Date.parse(lastAt)} />

/** On one line, as client ids may be long: whole on hover, and in the look. */
export const ClientLink = ({ clientId }: Pick<Refusal, 'clientId'>) =>
  clientId === undefined ? (
    <span title="Nobody knows the client id before CONNECT was read.">–</span>
  ) : (
    <span title={visibleText(clientId)}>
      <Link href={paths.refusals({ client: clientId })}>{visible(clientId)}</Link>
    </span>
  )

/** The one thing behind it; a client that is none has no link. */
export function ThingLink({ refusal }: { readonly refusal: Refusal }) {
  const { data, error } = useQuery(refusalFactsQuery(refusal))
  if (error) return <span title={visibleText(error.message)}>not known</span>
  if (data === undefined) return <span className="td-weak">…</span>
  const { thing, things } = data
  if (thing !== undefined) {
    return (
      <span title={visibleText(thing.thingName)}>
        <Link href={paths.thing(thing.thingName, { tab: 'refusals' })}>
          <NameText text={thing.thingName} />
        </Link>
      </span>
    )
  }
  return things.length > 1 ? <span title={things.join(', ')}>one of {things.length}</span> : '–'
}

/** The action in words of policies, below it why, as sharp as it is known by now; whole on hover, and in the look. */
export function WhatAndWhy({ refusal }: { readonly refusal: Refusal }) {
  const { data } = useQuery(refusalFactsQuery(refusal))
  const { why } = causeOf(refusal, data)
  const { action, names } = whatWasTried(refusal)
  return (
    <>
      <div className="td-refusal-what" title={visibleText(whatInWords(refusal))}>
        {action} <span className="td-mono">{visible(names.join(', '))}</span>
      </div>
      <div className="td-two-lines td-weak" title={visibleText(`${why} (${refusal.reason ?? 'no reason in the log'})`)}>
        {visible(why)}
      </div>
    </>
  )
}

const TIME = { whole: 'in the time that is shown', part: `in one of ${REFUSAL_PARTS} parts of it` } as const

/** How often, and when more often. */
export const Times = ({ refusal: { count, parts } }: { readonly refusal: Refusal }) => (
  <span className="td-refusal-times">
    <span className="td-mono">{formatCount(count)}</span>
    <Sparkline what="Refused" values={parts} time={TIME} tone="alert" />
  </span>
)
