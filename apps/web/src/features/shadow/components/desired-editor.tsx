import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import { SHADOW_LIMITS, type Shadow } from '@thingdeck/shadows'
import { lazy, Suspense, useState } from 'react'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { formatBytes } from '../../../shared/format.ts'
import { useMqtt, useMqttStatus } from '../../../shared/mqtt/mqtt-context.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { type ShadowAddress, shadowTitle } from '../model/address.ts'
import { previewUpdate, readDraft } from '../model/draft.ts'
import { NoAnswer, type SentUpdate, sendUpdate, UpdateRejected } from '../send-update.ts'
import { useDraft } from '../use-draft.ts'
import { ConflictAlert } from './conflict-alert.tsx'

const JsonEditor = lazy(() => import('./json-editor.tsx'))

interface DesiredEditorProps {
  readonly address: ShadowAddress
  readonly shadow: Shadow | null
  readonly onReload: () => void
}

/** What the device should do, as JSON. Only what was changed is sent, with the version that it was changed from. */
export function DesiredEditor({ address, shadow, onReload }: DesiredEditorProps) {
  const mqtt = useMqtt()
  const overMqtt = useMqttStatus().connection.state.kind === 'connected'
  const { flash } = useFlash()
  const forbidden = useWhyNot('operator')
  const { draft, text, mergedVersion, conflict, write, resolve, discard } = useDraft(shadow)
  const read = readDraft(text)
  const preview = draft && read.ok ? previewUpdate(draft, read.desired, shadow, Date.now() / 1_000) : undefined

  /** Of the last update sent from here: its arrival is no news. */
  const [ownVersion, setOwnVersion] = useState<number>()
  const update = useMutation({
    mutationFn: sendUpdate.bind(undefined, mqtt),
    onSuccess: ({ version, over }: SentUpdate) => {
      setOwnVersion(version)
      onReload()
      const words = `${shadowTitle(address)} of ${address.thingName}: version ${version ?? '?'} over ${over}.`
      flash({
        id: `shadow-${address.thingName}-${address.shadowName ?? ''}`,
        type: 'success',
        header: 'Desired state updated',
        content: words,
      })
    },
    onError: onReload,
  })
  const whyNot = whyNotSend()
  function whyNotSend(): string | undefined {
    if (forbidden !== undefined) return forbidden
    if (!read.ok) return 'The draft is not valid yet.'
    if (conflict) return 'Choose between your values and theirs first.'
    if (!preview?.isChange) return 'Nothing is changed.'
    if (preview.isTooLarge) return `A shadow holds at most ${formatBytes(SHADOW_LIMITS.maxStateBytes)}.`
    return undefined
  }
  const send = () => {
    if (preview && whyNot === undefined) update.mutate({ address, patch: preview.patch, version: shadow?.version })
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            overMqtt
              ? 'Only the keys that you change are sent. Removing a key clears it.'
              : 'The MQTT session is down: updates go by REST until it is back.'
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={discard} disabled={draft === undefined || update.isPending}>
                Discard
              </Button>
              <Button
                variant="primary"
                onClick={send}
                loading={update.isPending}
                disabled={whyNot !== undefined}
                {...(whyNot === undefined ? {} : { disabledReason: whyNot })}
              >
                Update desired
              </Button>
            </SpaceBetween>
          }
        >
          Desired state
        </Header>
      }
    >
      <SpaceBetween size="s">
        {update.error && <Refusal error={update.error} version={shadow?.version} onDismiss={update.reset} />}
        {conflict && <ConflictAlert version={shadow?.version} conflicts={conflict.conflicts} onResolve={resolve} />}
        {mergedVersion !== undefined && mergedVersion !== ownVersion && !conflict && (
          <Alert type="info">
            Version {mergedVersion} arrived while you were editing. Its changes are in your draft now; yours are kept.
          </Alert>
        )}
        <Suspense fallback={<Loading what="editor" />}>
          <JsonEditor
            label="Desired state as JSON"
            text={text}
            onChange={write}
            readOnly={forbidden !== undefined || update.isPending}
          />
        </Suspense>
        <p className="td-editor-foot" role="status">
          {read.ok ? (
            <>
              {preview?.isChange ? 'Draft not sent' : 'No changes'}
              {preview && ` · ${formatBytes(preview.sizeBytes)} of ${formatBytes(SHADOW_LIMITS.maxStateBytes)}`}
            </>
          ) : (
            <span className="td-error">{read.problem.message}</span>
          )}
          {forbidden !== undefined && ` · ${forbidden}`}
        </p>
        {preview?.isChange && (
          <ExpandableSection headerText="Preview of the request">
            <pre className="td-payload">{preview.requestText}</pre>
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Container>
  )
}

interface RefusalProps {
  readonly error: Error
  readonly version: number | undefined
  readonly onDismiss: () => void
}

/** Why the update was not taken, and what to do. The draft is still in the editor. */
function Refusal({ error, version, onDismiss }: RefusalProps) {
  const isConflict = error instanceof UpdateRejected && error.code === 409
  if (isConflict) {
    return (
      <Alert type="warning" header="Somebody else was faster" dismissible onDismiss={onDismiss}>
        The shadow is at version {version ?? '?'} now. Your draft is kept, and their changes are merged into it: look it
        over and update again.
      </Alert>
    )
  }
  const header = error instanceof NoAnswer ? 'The update was not answered' : 'The update was refused'
  const code = error instanceof UpdateRejected ? ` (${error.code})` : ''
  return (
    <Alert type="error" header={header} dismissible onDismiss={onDismiss}>
      {error.message}
      {code}
      {error instanceof NoAnswer && ' Whether it was applied shows in the state above, which was read again.'} Your
      draft is kept.
    </Alert>
  )
}
