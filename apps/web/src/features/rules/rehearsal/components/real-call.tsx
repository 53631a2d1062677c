import Button from '@cloudscape-design/components/button'
import { useMutation } from '@tanstack/react-query'
import { endpoints, type RuleCallAnswer } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../../shared/api.ts'
import { serverNow } from '../../../../shared/clock/server-clock.ts'
import { ConfirmDialog } from '../../../../shared/dialog/confirm-dialog.tsx'
import { messageOf } from '../../../../shared/message-of.ts'
import { useWhyNot } from '../../../../shared/session/session.tsx'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { CopyText } from '../../../../shared/ui/copy-text.tsx'
import type { RehearsalAnswer, ServiceCall } from '../protocol.ts'

type Called = Pick<RehearsalAnswer, 'answer' | 'isFailure' | 'calledAtMs'>
type CallOf<Kind extends ServiceCall['kind']> = ServiceCall & { readonly kind: Kind }

interface RealCallProps<Call extends ServiceCall = ServiceCall> {
  readonly call: Call
  readonly onAnswer: (answer: Called) => void
}

/** Puts a question of a rule to AWS, when somebody says so; of what may do something, once it was said what will happen. */
export function RealCall({ call, onAnswer }: RealCallProps) {
  switch (call.kind) {
    case 'shadow':
      return <ReadShadow call={call} onAnswer={onAnswer} />
    case 'item':
      return <ReadItem call={call} onAnswer={onAnswer} />
    case 'function':
      return <CallFunction call={call} onAnswer={onAnswer} />
  }
}

function ReadShadow({ call: { thingName, shadowName }, onAnswer }: RealCallProps<CallOf<'shadow'>>) {
  const read = useMutation({
    mutationFn: () => api(endpoints.getShadow, { params: { thingName }, query: { shadowName } }),
    onSuccess: (answer) => onAnswer({ answer, calledAtMs: serverNow() }),
  })
  return (
    <>
      <Button
        variant="inline-link"
        ariaLabel={`Really read the shadow of ${thingName}`}
        loading={read.isPending}
        onClick={() => read.mutate()}
      >
        Really read it
      </Button>
      {read.error && <p className="td-error">{messageOf(read.error)}</p>}
    </>
  )
}

function ReadItem({ call: { tableName, key }, onAnswer }: RealCallProps<CallOf<'item'>>) {
  const whyNot = useWhyNot('admin')
  const read = useMutation({
    mutationFn: () => api(endpoints.readRuleItem, { body: { tableName, key: [...key] } }),
    onSuccess: (answered) => handOn(answered, onAnswer),
  })
  return (
    <>
      <Button
        variant="inline-link"
        ariaLabel={`Really read the item of ${tableName}`}
        loading={read.isPending}
        disabled={whyNot !== undefined}
        onClick={() => read.mutate()}
      >
        Really read it
      </Button>
      {whyNot !== undefined && <span className="td-weak">{whyNot}</span>}
      {read.error && <p className="td-error">{messageOf(read.error)}</p>}
      {read.data && (
        <NoAnswer
          answered={read.data}
          onAnswer={onAnswer}
          lacks={`dynamodb:GetItem on the table ${tableName} (ReadableTables)`}
        />
      )}
    </>
  )
}

function CallFunction({ call: { functionArn, payload }, onAnswer }: RealCallProps<CallOf<'function'>>) {
  const whyNot = useWhyNot('admin')
  const [isOpen, setIsOpen] = useState(false)
  const [answered, setAnswered] = useState<RuleCallAnswer>()
  const name = functionArn.split(':function:')[1] ?? functionArn
  const run = async () => {
    setAnswered(undefined)
    const answer = await api(endpoints.callRuleFunction, { body: { functionArn, payload } })
    setAnswered(answer)
    return answer
  }
  return (
    <>
      <Button
        variant="inline-link"
        ariaLabel={`Really call the function ${name}`}
        disabled={whyNot !== undefined}
        onClick={() => setIsOpen(true)}
      >
        Really call it
      </Button>
      {whyNot !== undefined && <span className="td-weak">{whyNot}</span>}
      {answered && (
        <NoAnswer
          answered={answered}
          onAnswer={onAnswer}
          lacks={`lambda:InvokeFunction on the function ${name} (InvokableFunctions)`}
        />
      )}
      {isOpen && (
        <ConfirmDialog
          header={`Call the function ${name} now?`}
          action="Call the function"
          failure="The function could not be called"
          onConfirm={async () => handOn(await run(), onAnswer)}
          onClose={() => setIsOpen(false)}
        >
          <p>
            It really runs, once, with whatever it does: calling it may have effects. It is called by the role of the
            console; as in a rule, an answer that takes longer than two seconds is a failure. It gets this payload:
          </p>
          <CopyText what="the payload" text={payload} />
        </ConfirmDialog>
      )}
    </>
  )
}

function handOn({ outcome, answer }: RuleCallAnswer, onAnswer: RealCallProps['onAnswer']): void {
  if (outcome === 'answered') onAnswer({ answer, calledAtMs: serverNow() })
}

interface NoAnswerProps {
  readonly answered: RuleCallAnswer
  /** What the role of the console would have to be allowed, with the parameter that allows it. */
  readonly lacks: string
  readonly onAnswer: RealCallProps['onAnswer']
}

/** Why there is none, in AWS's words. Only what would have failed in a rule, too, can be taken for its failure. */
function NoAnswer({ answered: { outcome, answer }, lacks, onAnswer }: NoAnswerProps) {
  const [endedAtMs] = useState(serverNow)
  if (outcome === 'answered') return null
  return (
    <div>
      <p className="td-error">
        <VisibleText text={answer} keepsLines />
      </p>
      {outcome === 'failed' && (
        <Button variant="inline-link" onClick={() => onAnswer({ answer, isFailure: true, calledAtMs: endedAtMs })}>
          Take this failure
        </Button>
      )}
      {outcome === 'not-allowed' && (
        <p className="td-weak">
          The role of the console lacks {lacks}; a rule acts by another, which this says nothing of. Fill the answer in.
        </p>
      )}
    </div>
  )
}
