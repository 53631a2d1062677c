import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { bytesText } from '../engine/value-text.ts'
import type { ActionLine, DecisionDetail } from '../protocol.ts'
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
  const actions = otherThan(draft.actions, compared.actions)
  const isSame = !isOtherKind && !isOtherOutput && actions.length === 0 && draft.words === compared.words
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
      </SpaceBetween>
    </section>
  )
}

const textOf = ({ output }: DecisionDetail): string | undefined => output && bytesText(output)

/** Those of which the draft has none that sends the same. */
const otherThan = (draft: readonly ActionLine[], compared: readonly ActionLine[]): readonly ActionLine[] => {
  const sends = ({ name, request, problem }: ActionLine) => JSON.stringify([name, request, problem])
  const mine = new Set(draft.map(sends))
  return compared.filter((action) => !mine.has(sends(action)))
}
