import '../live.css'
import './detail.css'
import './message-view.css'
import '../rows.css'
import Button from '@cloudscape-design/components/button'
import { useRouter } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { MessageViewProps } from '../../../../shared/feature/parts.ts'
import { paths } from '../../../../shared/paths.ts'
import { usePreference } from '../../../../shared/preferences/preferences.ts'
import { useWhyNot } from '../../../../shared/session/session.tsx'
import type { FullMessage } from '../../protocol/stream.ts'
import { draftLike } from '../publish/draft-like.ts'
import { draftPreference } from '../publish/saved-messages.ts'
import type { DetailForm } from '../search.ts'
import type { OpenState } from './data-rows.ts'
import { FormTabs } from './form-tabs.tsx'
import { availableForms, bestForm } from './forms.ts'
import { MessageBody } from './message-body.tsx'
import { useCopy } from './message-detail.tsx'

/** A message of no stream has nothing before it, and no place. */
const NO_STREAM = { stream: '', sequence: 0, dup: false } as const

/** One message whole, as the Live page shows it, for pages on which there is no stream. */
export function MessageView({ message }: MessageViewProps) {
  const { history } = useRouter()
  const [, setDraft] = usePreference(draftPreference)
  const [form, setForm] = useState<DetailForm>()
  const [open, setOpen] = useState<OpenState>(new Map())
  const [copied, copy] = useCopy()
  const whyNotPublish = useWhyNot('operator')
  const panelId = useId().replaceAll(/[^\w-]/g, '_') // as it stands in a selector
  const hint = { topic: message.topic, contentType: message.properties?.contentType }
  const full: FullMessage = { ...NO_STREAM, ...message, hint }
  const forms = availableForms(full)
  const shown = forms.find(({ id, whyNot }) => id === form && whyNot === undefined)?.id ?? bestForm(full)
  return (
    <section className="td-detail td-message-view" aria-label="Message">
      <div className="td-message-view-bar">
        <FormTabs forms={forms.filter(({ id }) => id !== 'diff')} shown={shown} onForm={setForm} panelId={panelId} />
        <span role="status" className="td-weak">
          {copied}
        </span>
        <Button
          disabled={whyNotPublish !== undefined}
          disabledReason={whyNotPublish ?? ''}
          onClick={() => {
            setDraft(draftLike(message))
            history.push(paths.live({ publish: '1' }))
          }}
        >
          Publish like this
        </Button>
      </div>
      <div id={panelId} className="td-detail-panel" role="tabpanel" aria-labelledby={`${panelId}-${shown}`}>
        <MessageBody
          stream={NO_STREAM.stream}
          message={full}
          form={shown}
          open={open}
          onOpen={setOpen}
          onCopy={copy}
          onChart={undefined}
        />
      </div>
    </section>
  )
}
