import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { decodeByTopic } from '../../../../../shared/decode/binary.ts'
import type { DataTree } from '../../../../../shared/decode/data-tree.ts'
import { DecodeError } from '../../../../../shared/decode/decode-error.ts'
import { decodeProtobufRaw } from '../../../../../shared/decode/protobuf/decode-protobuf.ts'
import { topicTypeOf } from '../../../../../shared/decode/protobuf/topic-types.ts'
import { usePreference } from '../../../../../shared/preferences/preferences.ts'
import { VisibleText } from '../../../../../shared/text/visible.tsx'
import type { FullMessage } from '../../../protocol/stream.ts'
import type { OpenState } from '../data-rows.ts'
import { DecodedPayload } from '../decoded-payload.tsx'
import { GiveTypeDialog } from './give-type-dialog.tsx'
import { givenFor, givenTypesPreference } from './given-types.ts'

interface ProtobufPayloadProps {
  readonly message: FullMessage
  readonly open: OpenState
  readonly onOpen: (open: OpenState) => void
  readonly onCopy: (text: string, what: string) => void
  readonly onChart: ((path: string) => void) | undefined
}

/** A payload as a message of Protocol Buffers: of the type that is given for its topic, else by its numbers alone. */
export function ProtobufPayload({ message, onChart, ...rest }: ProtobufPayloadProps) {
  const { topic, payload, hint } = message
  const [types, setTypes] = usePreference(givenTypesPreference)
  const [isGiving, setIsGiving] = useState(false)
  const given = givenFor(types, topic)
  const type = topicTypeOf(topic)
  const decoded = decodeByTopic(payload, hint)
  const tree = decoded?.tree ?? rawTree(payload)
  const lead = (
    <p className="td-protobuf-type">
      {decoded && type ? (
        <>
          As <VisibleText text={type.name} />
          {given && (
            <>
              , given for <VisibleText text={given.filter} />
            </>
          )}
          .
        </>
      ) : type ? (
        `It is no ${type.name}, as which its topic is read: these are the numbers of its fields.`
      ) : (
        'These are the numbers of its fields. A .proto file or a descriptor set gives them their names and types.'
      )}{' '}
      <Button variant="inline-link" onClick={() => setIsGiving(true)}>
        {given ? 'Change type' : 'Give type'}
      </Button>
      {given && (
        <>
          {' '}
          <Button variant="inline-link" onClick={() => setTypes(types.filter((each) => each !== given))}>
            Forget type
          </Button>
        </>
      )}
    </p>
  )
  return (
    <>
      {tree ? (
        <DecodedPayload payload={payload} tree={tree} lead={lead} onChart={decoded && onChart} {...rest} />
      ) : (
        lead
      )}
      {isGiving && <GiveTypeDialog topic={topic} present={given} onClose={() => setIsGiving(false)} />}
    </>
  )
}

function rawTree(payload: Uint8Array): DataTree | undefined {
  try {
    return decodeProtobufRaw(payload)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}
