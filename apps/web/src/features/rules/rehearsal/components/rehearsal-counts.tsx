import { formatCount } from '../../../../shared/format.ts'
import type { RehearsalView } from '../protocol.ts'

interface RehearsalCountsProps {
  readonly counts: RehearsalView['counts']
  /** Within a sentence: 'the deployed rule'. */
  readonly comparedWords: string
}

/** What became of all messages, in a line. */
export function RehearsalCounts({ counts, comparedWords }: RehearsalCountsProps) {
  const { decided, waiting, dropped, matched, notMatched, otherTopic, failed, different, sentOtherwise = 0 } = counts
  if (decided + waiting + dropped === 0) {
    return (
      <p role="status" className="td-weak">
        No message yet. Follow live messages, take what Live kept, open a recording, or type one.
      </p>
    )
  }
  const parts = [
    `${formatCount(decided + waiting + dropped)} seen`,
    `${formatCount(matched)} ${matched === 1 ? 'matches' : 'match'}`,
    `${formatCount(notMatched)} ${notMatched === 1 ? 'does' : 'do'} not`,
    ...(otherTopic > 0 ? [`${formatCount(otherTopic)} of other topics`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} waiting`] : []),
    ...(dropped > 0 ? [`${formatCount(dropped)} dropped, as more came than could be looked at`] : []),
    ...(different === undefined ? [] : differenceWords(different, sentOtherwise, comparedWords)),
  ]
  return <p role="status">{parts.join(' · ')}</p>
}

function differenceWords(different: number, sentOtherwise: number, compared: string): readonly string[] {
  if (different + sentOtherwise === 0) return [`${compared} decides all the same`]
  const messages = (count: number) => `${formatCount(count)} ${count === 1 ? 'message' : 'messages'}`
  return [
    ...(different > 0 ? [`${messages(different)} decided differently by ${compared}`] : []),
    ...(sentOtherwise > 0 ? [`${messages(sentOtherwise)} decided the same, and sent on differently`] : []),
  ]
}
