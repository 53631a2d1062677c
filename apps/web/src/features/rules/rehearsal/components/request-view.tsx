import { VisibleText } from '../../../../shared/text/visible.tsx'
import type { ActionLine } from '../protocol.ts'

/** What an action would send, or why it would send nothing. */
export function RequestView({ action: { request, problem } }: { readonly action: ActionLine }) {
  return (
    <>
      {problem !== undefined && <p className="td-error">{problem}</p>}
      {request && (
        <>
          <div className="td-mono">{request.operation}</div>
          <pre className="td-payload">
            <VisibleText text={request.text} keepsLines />
          </pre>
        </>
      )}
    </>
  )
}
