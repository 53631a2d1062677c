import Badge from '@cloudscape-design/components/badge'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { OutcomeLine, outcomeWords } from './outcome-words.tsx'
import type { RehearsedDevice } from './rehearsed-device.ts'
import type { DeviceOutcome } from './use-outcomes.ts'

interface DeviceTableProps {
  readonly devices: readonly RehearsedDevice[]
  readonly outcomes: ReadonlyMap<string, DeviceOutcome>
  /** By the default version, where another one is rehearsed. */
  readonly defaults?: ReadonlyMap<string, DeviceOutcome>
  /** What refuses a device before a version counts, by its id. */
  readonly obstacleTo: (id: string) => string | undefined
  readonly name: string
  readonly defaultName: string
  readonly selectedId: string
  readonly onSelect: (id: string) => void
  readonly onClear: () => void
}

/** Device by device how it ends, and where the version that decides now does otherwise. */
export function DeviceTable(props: DeviceTableProps) {
  const { devices, outcomes, defaults, obstacleTo, name, defaultName, selectedId, onSelect, onClear } = props
  const differs = ({ id }: RehearsedDevice): boolean => {
    const [now, then] = [defaults?.get(id), outcomes.get(id)]
    return now !== undefined && then !== undefined && wordsOf(now) !== wordsOf(then)
  }
  const different = defaults ? devices.filter(differs).length : 0
  return (
    <Table
      variant="container"
      ariaLabels={{ tableLabel: 'Devices', selectionGroupLabel: 'Device', itemSelectionLabel: (_, { label }) => label }}
      selectionType="single"
      selectedItems={devices.filter(({ id }) => id === selectedId)}
      onSelectionChange={({ detail }) => onSelect(detail.selectedItems[0]?.id ?? selectedId)}
      onRowClick={({ detail }) => onSelect(detail.item.id)}
      trackBy="id"
      items={devices}
      wrapLines
      header={
        <Header
          variant="h2"
          counter={`(${devices.length})`}
          description={defaults && `${different} ended otherwise by ${defaultName}, which decides now.`}
          actions={<Button onClick={onClear}>Clear</Button>}
        >
          Devices
        </Header>
      }
      columnDefinitions={[
        {
          id: 'label',
          header: 'Device',
          isRowHeader: true,
          width: 220,
          cell: ({ label }) => <VisibleText text={label} />,
        },
        {
          id: 'parameters',
          header: 'Parameters',
          width: 240,
          cell: ({ parameters }) => (
            <VisibleText
              text={
                Object.entries(parameters)
                  .map(([key, value]) => `${key}=${value}`)
                  .join(', ') || 'none'
              }
            />
          ),
        },
        {
          id: 'outcome',
          header: `By ${name}`,
          cell: ({ id }) => <OutcomeLine outcome={outcomes.get(id)} obstacle={obstacleTo(id)} />,
        },
        ...(defaults
          ? [
              {
                id: 'default',
                header: `By ${defaultName}`,
                cell: (device: RehearsedDevice) => (
                  <>
                    {differs(device) && <Badge color="blue">otherwise</Badge>}{' '}
                    <OutcomeLine outcome={defaults.get(device.id)} obstacle={obstacleTo(device.id)} />
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

/** All that is said of it, so that what differs in a value differs. */
const wordsOf = (outcome: DeviceOutcome): string =>
  outcome.kind === 'outcome' ? JSON.stringify(outcome.outcome) : outcomeWords(outcome).words
