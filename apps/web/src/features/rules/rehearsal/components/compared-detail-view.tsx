import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { unlikeActions } from '../engine/sent-otherwise.ts'
import { bytesText } from '../engine/value-text.ts'
import type { DecisionDetail } from '../protocol.ts'
import { DecisionState } from './decision-words.tsx'
import { RequestView } from './request-view.tsx'

interface ComparedDetailViewProps {
  /** 'Deployed' */
  readonly short: string
  readonly draft: DecisionDetail
  readonly compared: DecisionDetail
}

/** What something else makes of the same message, as far as that is not the same. */
export function ComparedDetailView({ short, draft, compared }: ComparedDetailViewProps) {
  const isOtherKind = draft.kind !== compared.kind
  const output = textOf(compared)
  const isOtherOutput = output !== undefined && output !== textOf(draft)
  const unlike = unlikeActions(sentBy(draft), sentBy(compared))
  const actions = compared.actions.filter(({ place }) => unlike.compared.includes(place))
  // Where it does not match, it does none of them: that is said above.
  const undone = isOtherKind ? [] : unlike.draft.filter((place) => !unlike.compared.includes(place))
  const isSame =
    !isOtherKind && !isOtherOutput && actions.length + undone.length === 0 && draft.words === compared.words
  return (
    <section className="td-rehearsal-compared" aria-label={`${short}: what differs`}>
      <SpaceBetween size="xs">
        <div>
          <Box variant="awsui-key-label">{short}</Box>
          {isSame ? (
            'The same, and it sends the same.'
          ) : (
            <>
              <DecisionState kind={compared.kind} />{' '}
              {compared.kind !== 'matched' && <VisibleText text={compared.words} />}
            </>
          )}
        </div>
        {isOtherOutput && (
          <div>
            <Box variant="awsui-key-label">Output</Box>
            <pre className="td-payload">
              <VisibleText text={output} keepsLines />
            </pre>
          </div>
        )}
        {actions.map((action) => (
          <div key={action.place}>
            <Box variant="awsui-key-label">{action.place}</Box>
            <RequestView action={action} />
          </div>
        ))}
        {undone.map((place) => (
          <div key={place}>
            <Box variant="awsui-key-label">{place}</Box>
            It sends nothing like what the draft does here.
          </div>
        ))}
      </SpaceBetween>
    </section>
  )
}

const textOf = ({ output }: DecisionDetail): string | undefined => output && bytesText(output)

/** What each action would send, by its place. */
const sentBy = ({ actions }: DecisionDetail): ReadonlyMap<string, string> =>
  new Map(actions.map(({ place, name, request, problem }) => [place, JSON.stringify([name, request, problem])]))
