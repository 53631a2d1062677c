import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { CommandLook } from '@thingdeck/contract'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { sentPayload } from '../words/payload.ts'
import { ParameterList } from './parameter-list.tsx'
import { PayloadView } from './payload-view.tsx'

type Content = Pick<CommandLook, 'commandId' | 'payload' | 'payloadTemplate' | 'outputFormat' | 'parameters'>

/** What a command sends, as it is: its payload byte for byte, or its template with the parameters. */
export function CommandContent({ command }: { readonly command: Content }) {
  const { commandId, payload, payloadTemplate, outputFormat, parameters } = command
  const sent = payload && sentPayload({ payload }, {}, 0)
  return (
    <SpaceBetween size="m">
      {sent && <PayloadView label={`Payload of ${commandId}`} payload={sent} />}
      {payloadTemplate !== undefined && (
        <SpaceBetween size="xxs">
          <JsonEditor label={`Template of ${commandId}`} text={payloadTemplate} onChange={() => {}} readOnly />
          <Box color="text-body-secondary" fontSize="body-s">
            A template: AWS IoT puts the values in, and the device gets {outputFormat ?? 'JSON'}.
          </Box>
        </SpaceBetween>
      )}
      {!payload && payloadTemplate === undefined && (
        <Box color="text-body-secondary">AWS does not say what it sends.</Box>
      )}
      {parameters.length > 0 && <ParameterList parameters={parameters} />}
    </SpaceBetween>
  )
}
