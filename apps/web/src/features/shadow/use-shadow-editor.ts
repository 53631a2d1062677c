import { useEffect, useState, useSyncExternalStore } from 'react'
import { sessionDraftStore } from '../../shared/drafts/session-draft-store.ts'
import { SYSTEM_CLOCK } from '../../shared/mqtt/clock.ts'
import { useMqtt } from '../../shared/mqtt/mqtt-context.ts'
import { useSession } from '../../shared/session/session.tsx'
import { reportChange, reportDeletion } from './audit.ts'
import { newChangeId } from './model/client-token.ts'
import { type EditorState, NEW_EDITOR } from './model/editor-state.ts'
import { fallbackTransport } from './model/fallback-transport.ts'
import { openMqttLine } from './model/mqtt-transport.ts'
import { restTransport } from './model/rest-transport.ts'
import { ShadowEditor } from './model/shadow-editor.ts'
import { formatShadowKey } from './model/shadow-key.ts'

import { WritesByRest } from './model/writes-by-rest.ts'

export interface OpenEditor {
  /** Undefined for the moment before the page is there. */
  readonly editor: ShadowEditor | undefined
  readonly state: EditorState
}

/** The editor of one shadow, for as long as its page is open. */
export function useShadowEditor(thingName: string, shadowName: string | undefined): OpenEditor {
  const mqtt = useMqtt()
  const { id: personId, name: personName } = useSession().person
  const [editor, setEditor] = useState<ShadowEditor>()

  useEffect(() => {
    const key = { thingName, shadowName }
    const line = openMqttLine(mqtt, key, {
      onNews: (news) => opened.hear(news),
      onGap: () => opened.refresh(),
    })
    const written = new WritesByRest(restTransport(key))
    const opened = new ShadowEditor({
      transport: fallbackTransport(line, written),
      clock: SYSTEM_CLOCK,
      store: sessionDraftStore('shadow', personId, formatShadowKey(key)),
      newId: () => newChangeId(personName, crypto.randomUUID()),
      onAccepted: (change) => {
        if (!written.hasUpdated(change)) reportChange(key, change, mqtt.status().writer)
      },
      onDeleted: (version) => {
        if (!written.hasDeleted(version)) reportDeletion(key, version, mqtt.status().writer)
      },
    })
    let wasUp = false
    const followLine = () => {
      const isUp = line.isUp()
      const { line: known } = opened.getState()
      const reason = isUp ? '' : line.whyDown()
      if (isUp === wasUp && (isUp || (known.kind === 'rest' && known.reason === reason))) return
      wasUp = isUp
      opened.dispatch({ type: 'line', line: isUp ? { kind: 'mqtt' } : { kind: 'rest', reason } })
      if (isUp) opened.refresh() // what changed between the reading and the subscription no topic tells
    }
    const unfollow = mqtt.onStatus(followLine)
    followLine()
    opened.open()
    addEventListener('pagehide', opened.flush)
    setEditor(opened)
    return () => {
      removeEventListener('pagehide', opened.flush)
      unfollow()
      line.close()
      opened.close()
    }
  }, [mqtt, personId, personName, thingName, shadowName])

  const state = useSyncExternalStore(editor?.subscribe ?? NEVER, editor?.getState ?? NOTHING_YET)
  return { editor, state }
}

const NEVER = () => () => {}
const NOTHING_YET = () => NEW_EDITOR
