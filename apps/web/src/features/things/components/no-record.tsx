import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ThingConnection } from '@thingdeck/contract'

interface NoRecordProps {
  readonly thingName: string
  readonly connection: Pick<ThingConnection, 'isIndexed'>
}

/**
 * What it means that nobody has a connection on record: how far the records go, and so what it does not mean.
 * @see AWS IoT data plane API reference, GetConnection; AWS IoT developer guide, "Managing thing indexing"
 */
export function NoRecord({ thingName, connection: { isIndexed } }: NoRecordProps) {
  return (
    <SpaceBetween size="xs">
      <Box>
        AWS IoT has no connection under the client id <Box variant="code">{thingName}</Box>, and tells of one for half
        an hour after it ended.{' '}
        {isIndexed === true
          ? 'The fleet index has none of this thing either; it tells for about an hour.'
          : 'The fleet index, which might know more, is not there to be asked: it is off, or does not index connections.'}
      </Box>
      <Box>So the device may</Box>
      <ul>
        <li>never have connected, or have been gone for longer than that,</li>
        <li>be refused each time: its certificate is not active, or no policy allows it, or one denies it,</li>
        <li>be connected under a client id that is not the thing’s name.</li>
      </ul>
      <Box>Which of these it is, is not known here.</Box>
    </SpaceBetween>
  )
}
