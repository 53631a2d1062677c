import Button from '@cloudscape-design/components/button'
import { MAX_POLICY_DOCUMENT_SIZE, policyDocumentSize } from '@thingdeck/policies'
import { formatCount } from '../format.ts'
import { formatDocument } from './document-text.ts'
import './policy-editor.css'

interface PolicyBarProps {
  readonly text: string
  /** Undefined: it is only to be read. */
  readonly onChange: ((text: string) => void) | undefined
}

/** How long the document is, as AWS counts, and its layout. */
export function PolicyBar({ text, onChange }: PolicyBarProps) {
  const size = policyDocumentSize(text)
  const isTooLong = size > MAX_POLICY_DOCUMENT_SIZE
  const laidOut = formatDocument(text)
  return (
    <div className="td-policy-bar">
      <span className={isTooLong ? 'td-policy-too-long' : undefined}>
        {formatCount(size)} of {formatCount(MAX_POLICY_DOCUMENT_SIZE)} characters without white space
        {isTooLong && ': AWS refuses it'}
      </span>
      {onChange && (
        <Button
          variant="inline-link"
          formAction="none"
          disabled={laidOut === text}
          onClick={() => onChange(laidOut)}
          ariaLabel="Format the document"
        >
          Format
        </Button>
      )}
    </div>
  )
}
