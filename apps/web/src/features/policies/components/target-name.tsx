import Link from '@cloudscape-design/components/link'
import type { PolicyTarget } from '@thingdeck/contract'
import { CertificateLink } from '../../../shared/certificate/certificate-link.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'

/** What a policy is attached to, as a link to what of it the console shows. */
export function TargetName({ target: { kind, id, target } }: { readonly target: PolicyTarget }) {
  if (kind === 'thing-group') {
    return (
      <Link href={paths.thingGroup(id)}>
        <NameText text={id} />
      </Link>
    )
  }
  if (kind === 'certificate') return <CertificateLink certificateId={id} />
  return <Copyable what="target" text={target} />
}
