import { useQuery } from '@tanstack/react-query'
import type { ProvisioningTemplateDetail } from '@thingdeck/contract'
import { useMemo } from 'react'
import type { SearchProps } from '../../../shared/search-props.ts'
import { claimCertificatesQuery } from '../api.ts'
import type { ProvisioningTemplateSearch } from '../search.ts'
import { ProvisionedList } from './provisioned-list.tsx'

interface DevicesTabProps extends SearchProps<ProvisioningTemplateSearch> {
  readonly template: ProvisioningTemplateDetail
}

/** What was provisioned lately by one template. */
export function DevicesTab({ template: { templateName, type }, search, setSearch }: DevicesTabProps) {
  const { data } = useQuery({ ...claimCertificatesQuery(templateName), enabled: type === 'FLEET_PROVISIONING' })
  const claimIds = useMemo(() => (data?.certificates ?? []).map(({ certificateId }) => certificateId), [data])
  const { last, from, to } = search
  const range = { ...(last && { last }), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  return <ProvisionedList templateName={templateName} claimIds={claimIds} range={range} onRange={setSearch} />
}
