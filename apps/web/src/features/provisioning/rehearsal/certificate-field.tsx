import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { messageOf } from '../../../shared/message-of.ts'

interface CertificateFieldProps {
  readonly onRead: (pseudo: Readonly<Record<string, string>>, pem: string) => void
}

const WHOLE = /-----BEGIN [A-Z0-9 ]*CERTIFICATE-----[^-]+-----END [A-Z0-9 ]*CERTIFICATE-----/

/** A certificate whose subject gives the parameters. It is read in the browser and sent nowhere. */
export function CertificateField({ onRead }: CertificateFieldProps) {
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<string>()
  const read = async (pem: string) => {
    try {
      const { subjectParameters } = await import('./subject-parameters.ts') // what reads certificates is large
      onRead(await subjectParameters(pem), pem)
      setFailure(undefined)
    } catch (error) {
      setFailure(messageOf(error))
    }
  }
  return (
    <>
      <FormField
        label="Certificate of the device"
        description="As PEM. Its subject gives the parameters; it is read in this browser and sent nowhere."
        stretch
      >
        <Textarea
          value={text}
          rows={5}
          spellcheck={false}
          placeholder="-----BEGIN CERTIFICATE-----"
          onChange={({ detail }) => {
            setText(detail.value)
            const [pem] = WHOLE.exec(detail.value) ?? []
            if (pem !== undefined) void read(pem)
          }}
        />
      </FormField>
      {failure !== undefined && (
        <Alert type="error" header="The certificate could not be read">
          {failure}
        </Alert>
      )}
    </>
  )
}
