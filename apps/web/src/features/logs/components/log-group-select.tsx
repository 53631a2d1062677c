import Select from '@cloudscape-design/components/select'
import { useQuery } from '@tanstack/react-query'
import { IOT_LOG_GROUP } from '@thingdeck/contract'
import { loggingQuery } from '../../../shared/iot-logs/iot-log-queries.ts'

interface LogGroupSelectProps {
  readonly group: string | undefined
  readonly onChoose: (group: string | undefined) => void
}

/** The log groups that event types are sent to; nothing where all are written to the usual one. */
export function LogGroupSelect({ group, onChoose }: LogGroupSelectProps) {
  const { data: logging } = useQuery(loggingQuery)
  const told = logging?.events.flatMap(({ logDestination }) => logDestination ?? []) ?? []
  const names = [...new Set([IOT_LOG_GROUP, ...told, ...(group === undefined ? [] : [group])])]
  if (names.length === 1) return null
  const options = names.map((value) => ({ value, label: value }))
  return (
    <Select
      ariaLabel="Log group"
      options={options}
      selectedOption={options.find(({ value }) => value === (group ?? IOT_LOG_GROUP)) ?? null}
      onChange={({ detail }) => {
        const { value } = detail.selectedOption
        onChoose(value === IOT_LOG_GROUP ? undefined : value)
      }}
    />
  )
}
