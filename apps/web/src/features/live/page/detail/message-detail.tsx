import './detail.css'
import Button from '@cloudscape-design/components/button'
import { useCallback, useId, useState } from 'react'
import { formatBytes } from '../../../../shared/format.ts'
import { paths } from '../../../../shared/paths.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { useTourStep } from '../../../../shared/tour/tour.ts'
import type { FullMessage } from '../../protocol/stream.ts'
import { gapSentence, receivedWords } from '../list/row-words.ts'
import type { DetailForm } from '../search.ts'
import { CommandLine } from './command-line.tsx'
import type { OpenState } from './data-rows.ts'
import { FormTabs } from './form-tabs.tsx'
import { availableForms, bestForm } from './forms.ts'
import { JobLine } from './job-line.tsx'
import { MessageBody } from './message-body.tsx'
import { useFullMessage, useGap } from './use-full-message.ts'

interface MessageDetailProps {
  readonly stream: string
  readonly sequence: number
  /** The form somebody chose; undefined: as what the payload is. */
  readonly form: DetailForm | undefined
  readonly onForm: (form: DetailForm) => void
  readonly onClose: () => void
  /** Left out where there is nothing to chart or nowhere to publish. */
  readonly onChart?: ((topic: string, path: string) => void) | undefined
  readonly onPublishLike?: ((message: FullMessage) => void) | undefined
}

/** One message whole. It stays readable here after it aged out of the stream. */
export function MessageDetail(props: MessageDetailProps) {
  const { stream, sequence, onClose } = props
  const message = useFullMessage(stream, sequence)
  const [open, setOpen] = useState<OpenState>(new Map())
  useTourStep('alarm', typeof message === 'object' && message.topic.startsWith('alarms/'))
  if (message === undefined) return <section className="td-detail" aria-label="Message" />
  return (
    <section className="td-detail" aria-label="Message">
      {message === 'gone' ? (
        <NoMessage stream={stream} sequence={sequence} onClose={onClose} />
      ) : (
        <Whole {...props} message={message} open={open} onOpen={setOpen} />
      )}
    </section>
  )
}

/** Instead of a message: what the gap is that was chosen, else that the message is no longer kept. */
function NoMessage({ stream, sequence, onClose }: Pick<MessageDetailProps, 'stream' | 'sequence' | 'onClose'>) {
  const gap = useGap(stream, sequence)
  return (
    <>
      <header className="td-detail-head">
        <h2>{gap ? 'A gap in the stream' : 'This message has aged out of the stream.'}</h2>
        <Button variant="icon" iconName="close" ariaLabel="Close message" onClick={onClose} />
      </header>
      {gap && <p className="td-detail-gap">{gapSentence(gap)}</p>}
    </>
  )
}

interface WholeProps extends MessageDetailProps {
  readonly message: FullMessage
  readonly open: OpenState
  readonly onOpen: (open: OpenState) => void
}

function Whole({ stream, message, form, onForm, onClose, onChart, onPublishLike, open, onOpen }: WholeProps) {
  const [copied, copy] = useCopy()
  const panelId = useId().replaceAll(/[^\w-]/g, '_') // as it stands in a selector
  const forms = availableForms(message)
  const shown = forms.find(({ id, whyNot }) => id === form && whyNot === undefined)?.id ?? bestForm(message)
  return (
    <>
      <header className="td-detail-head">
        <h2>
          <span className="td-mono">
            <VisibleText text={message.topic} />
          </span>
          <span className="td-weak">
            {receivedWords(message)} · {formatBytes(message.payload.length)} · QoS {message.qos}
            {message.retain && ' · retained'}
            {message.dup && ' · sent again'}
            {message.client !== undefined && ` · ${visibleText(message.client)}`}
          </span>
        </h2>
        <span role="status" className="td-weak">
          {copied}
        </span>
        <Button href={paths.messageTrace(whereaboutsOf(message))}>Follow</Button>
        <Button href={paths.rules({ topic: message.topic })} ariaLabel="Which rules act on this topic">
          Rules
        </Button>
        {onPublishLike && <Button onClick={() => onPublishLike(message)}>Publish like this</Button>}
        <Button variant="icon" iconName="close" ariaLabel="Close message" onClick={onClose} />
      </header>
      <JobLine topic={message.topic} payload={message.payload} />
      <CommandLine topic={message.topic} payload={message.payload} />
      <FormTabs forms={forms} shown={shown} onForm={onForm} panelId={panelId} />
      <div id={panelId} className="td-detail-panel" role="tabpanel" aria-labelledby={`${panelId}-${shown}`}>
        <MessageBody
          stream={stream}
          message={message}
          form={shown}
          open={open}
          onOpen={onOpen}
          onCopy={copy}
          onChart={onChart && ((path) => onChart(message.topic, path))}
        />
      </div>
    </>
  )
}

/** What is known of where a message came from: MQTT does not say who published it. */
const whereaboutsOf = ({ topic, receivedAtMs }: FullMessage) => ({ topic, at: new Date(receivedAtMs).toISOString() })

/** Puts texts on the clipboard, and says so for a moment. */
export function useCopy(): readonly [string, (text: string, what: string) => void] {
  const [said, setSaid] = useState('')
  const copy = useCallback((text: string, what: string) => {
    navigator.clipboard.writeText(text).then(
      () => setSaid(`Copied ${what}`),
      () => setSaid(`The ${what} could not be copied`),
    )
    setTimeout(() => setSaid(''), 2_000)
  }, [])
  return [said, copy]
}
