import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { ThingPrincipal } from '@thingdeck/contract'
import { useState } from 'react'
import { List } from '../../shared/list/list.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import { thingDetailsQuery } from './api.ts'
import { AttachCertificateDialog } from './components/attach-certificate-dialog.tsx'
import { DetachPrincipalDialog } from './components/detach-principal-dialog.tsx'
import { PRINCIPAL_COLUMNS } from './components/principal-columns.tsx'
import { PrincipalTypeDialog } from './components/principal-type-dialog.tsx'
import { ThingPolicies } from './components/thing-policies.tsx'
import { principalInWords, typeOf } from './principal-steps.ts'

const WORDS: ListWords = {
  title: 'Certificates and identities',
  one: 'principal',
  many: 'principals',
  description: 'Who may connect as this thing, until when, and how it is attached.',
  empty: {
    title: 'No principals',
    text: 'No device can connect as this thing with its policy variables until a certificate is attached.',
  },
}

/** Who may act as a thing and by which policies, and what an admin does about it. */
export function ThingCertificates({ thingName }: { readonly thingName: string }) {
  const query = useQuery(thingDetailsQuery(thingName))
  const [isAttaching, setAttaching] = useState(false)
  const [detaching, setDetaching] = useState<ThingPrincipal>()
  const [retyping, setRetyping] = useState<ThingPrincipal>()
  const principals = query.data?.principals
  return (
    <SpaceBetween size="m">
      <List
        name="thing-principals"
        variant="container"
        words={WORDS}
        columns={PRINCIPAL_COLUMNS}
        rowId={({ principal }) => principal}
        rowName={({ principal }) => principalInWords(principal)}
        source={wholeOf(query, principals?.value ?? [])}
        paging="endless"
        notice={principals?.unread !== undefined && `They could not be read: ${principals.unread}`}
        actions={() => [
          { id: 'attach', text: 'Attach certificate', needs: 'admin', onAction: () => setAttaching(true) },
          {
            id: 'create-certificate',
            text: 'Create certificate',
            needs: 'admin',
            href: paths.createCertificate({ thing: thingName }),
          },
        ]}
        rowActions={(row) => [
          { id: 'detach', text: 'Detach from thing', needs: 'admin', onAction: () => setDetaching(row) },
          {
            id: 'type',
            text: typeOf(row) === 'EXCLUSIVE_THING' ? 'Attach not exclusively' : 'Attach exclusively',
            needs: 'admin',
            whyNot: whyNotRetype(row),
            onAction: () => setRetyping(row),
          },
        ]}
      />
      <ThingPolicies thingName={thingName} principals={principals?.value ?? []} />
      {isAttaching && query.data && (
        <AttachCertificateDialog details={query.data} onClose={() => setAttaching(false)} />
      )}
      {detaching && query.data && (
        <DetachPrincipalDialog details={query.data} attached={detaching} onClose={() => setDetaching(undefined)} />
      )}
      {retyping && (
        <PrincipalTypeDialog thingName={thingName} attached={retyping} onClose={() => setRetyping(undefined)} />
      )}
    </SpaceBetween>
  )
}

/** What AWS would refuse (AWS IoT API reference, AttachThingPrincipal). */
function whyNotRetype(row: ThingPrincipal): string | undefined {
  if (row.certificate === undefined) return 'Only a certificate can be attached exclusively.'
  if (typeOf(row) === 'EXCLUSIVE_THING' || !row.otherThings?.length) return undefined
  return `It is attached to ${row.otherThings.length === 1 ? 'another thing' : 'other things'}, too: ${row.otherThings.slice(0, 3).join(', ')}.`
}
