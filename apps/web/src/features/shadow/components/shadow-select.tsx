import Select, { type SelectProps } from '@cloudscape-design/components/select'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { memo } from 'react'
import { paths } from '../../../shared/paths.ts'
import { shadowListQuery } from '../api.ts'
import type { ShadowKey } from '../model/shadow-key.ts'

/** Changes to another shadow of the thing. */
export const ShadowSelect = memo(function ShadowSelect({ thingName, shadowName }: ShadowKey) {
  const { history } = useRouter()
  const { data } = useQuery(shadowListQuery(thingName))
  const named = new Set(data?.named)
  if (shadowName !== undefined) named.add(shadowName)
  const options: SelectProps.Option[] = [
    { value: '', label: 'Classic shadow' },
    ...[...named].sort().map((value) => ({ value, label: value })),
  ]
  return (
    <Select
      ariaLabel="Shadow"
      options={options}
      filteringType={options.length > 12 ? 'auto' : 'none'}
      selectedOption={options.find(({ value }) => value === (shadowName ?? '')) ?? null}
      onChange={({ detail }) => history.push(paths.shadow(thingName, detail.selectedOption.value || undefined))}
    />
  )
})
