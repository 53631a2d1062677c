import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { messageOf } from '../message-of.ts'
import { pemBegin } from './pem.ts'

interface CertificatePemFieldProps {
  readonly label: string
  readonly description: string
  /** What is done with a whole one; what it rejects with is said. */
  readonly onPem: (pem: string) => Promise<void>
}

const WHOLE = /-{5}BEGIN [A-Z0-9 ]*CERTIFICATE-----[^-]+-----END [A-Z0-9 ]*CERTIFICATE-----/

/** A certificate as PEM, whatever stands around it. It is read in the browser. */
export function CertificatePemField({ label, description, onPem }: CertificatePemFieldProps) {
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<string>()
  const read = async (pem: string) => {
    try {
      await onPem(pem)
      setFailure(undefined)
    } catch (error) {
      setFailure(messageOf(error))
    }
  }
  return (
    <>
      <FormField label={label} description={description} stretch>
        <Textarea
          value={text}
          rows={5}
          spellcheck={false}
          placeholder={pemBegin('CERTIFICATE')}
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
