import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMqtt } from '../../../shared/mqtt/mqtt-context.ts'
import type { EditorState } from '../model/editor-state.ts'
import type { ShadowEditor } from '../model/shadow-editor.ts'
import { useLasting } from '../use-lasting.ts'
import { FaultAlert } from './fault-alert.tsx'

/** A connection that is just being made needs no notice. */
const NOTICE_AFTER_MS = 3_000

/** What is not as usual: no MQTT, a refusal, a shadow that is gone. */
export function Notices({ state, editor }: { readonly state: EditorState; readonly editor: ShadowEditor | undefined }) {
  const mqtt = useMqtt()
  const { line, live, fault } = state
  const isDown = useLasting(line.kind === 'rest', NOTICE_AFTER_MS)
  return (
    <>
      {isDown && line.kind === 'rest' && live.kind !== 'unknown' && (
        <StatusIndicator type="warning">
          {line.reason}{' '}
          {fault?.during === 'get'
            ? 'REST does not answer either: it is asked again and again, and what is shown is what was known last.'
            : 'Until it is back the shadow is read over REST every few seconds, and updates go over REST.'}{' '}
          <Button variant="inline-link" onClick={() => mqtt.retryNow()}>
            Try now
          </Button>
        </StatusIndicator>
      )}
      {fault && editor && (
        <FaultAlert
          fault={fault}
          hasDraft={state.draft !== undefined}
          onDismiss={() => editor.dispatch({ type: 'fault-dismissed' })}
          onRetry={() => editor.refresh()}
        />
      )}
      {live.kind === 'missing' && live.deletedVersion !== undefined && (
        <Alert type="warning" header="The shadow was deleted">
          Version {live.deletedVersion} was its last. The next update, the device's or yours, creates it anew; within 48
          hours its version goes on counting.
        </Alert>
      )}
    </>
  )
}
