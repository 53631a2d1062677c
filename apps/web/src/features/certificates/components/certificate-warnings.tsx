import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { CertificateDetail } from '@thingdeck/contract'
import { WHY_WORDS } from '../why-words.ts'

/** Why somebody should look at it, and what to do. */
export function CertificateWarnings({ certificate: { look } }: { readonly certificate: CertificateDetail }) {
  const whys = look?.whys ?? []
  if (whys.length === 0) return null
  return (
    <ul className="td-plain-list">
      {whys.map((why) => (
        <li key={why}>
          <StatusIndicator type={WHY_WORDS[why].type}>{WHY_WORDS[why].title}</StatusIndicator>{' '}
          <span className="td-weak">{WHY_WORDS[why].meaning}</span>
        </li>
      ))}
    </ul>
  )
}
