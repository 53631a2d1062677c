import { formatCount } from '../../../../shared/format.ts'
import type { RehearsalView } from '../protocol.ts'

/** What became of all messages, in a line. */
export function RehearsalCounts({ counts }: { readonly counts: RehearsalView['counts'] }) {
  const { decided, waiting, dropped, matched, notMatched, otherTopic, failed, different } = counts
  const parts = [
    `${formatCount(decided + waiting + dropped)} seen`,
    `${formatCount(matched)} ${matched === 1 ? 'matches' : 'match'}`,
    `${formatCount(notMatched)} ${notMatched === 1 ? 'does' : 'do'} not`,
    ...(otherTopic > 0 ? [`${formatCount(otherTopic)} of other topics`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} waiting`] : []),
    ...(dropped > 0 ? [`${formatCount(dropped)} dropped, as more came than could be looked at`] : []),
    ...(different === undefined ? [] : [differenceWords(different)]),
  ]
  return <p role="status">{parts.join(' · ')}</p>
}

const differenceWords = (different: number): string =>
  different === 0
    ? 'the deployed rule decides all the same'
    : `${formatCount(different)} ${different === 1 ? 'message' : 'messages'} decided differently by the deployed rule`
