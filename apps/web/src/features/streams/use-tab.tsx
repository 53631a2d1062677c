import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Stream } from '@thingdeck/contract'
import { Facts } from '../../shared/details/facts.tsx'
import { paths } from '../../shared/paths.ts'

/** AWS keeps no record of who fetched: the requests are messages, which are seen as they come, or in the log. */
export function UseTab({ stream: { streamId } }: { readonly stream: Stream }) {
  const all = `$aws/things/+/streams/${streamId}/#`
  const topic = (message: string) => `$aws/things/THING/streams/${streamId}/${message}`
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button href={paths.logs({ topic: all })}>Requests in the log</Button>
                <Button href={paths.live({ s: [all] })}>Watch live</Button>
              </SpaceBetween>
            }
          >
            Who fetches it
          </Header>
        }
      >
        <Box>
          AWS keeps no record of which device fetched what. Each request for blocks is a message of a device: live it is
          seen as it comes, and the log has those of before, with the client and the time, where AWS IoT is told to log
          them.
        </Box>
      </Container>
      <Container header={<Header variant="h2">How a device fetches it</Header>}>
        <SpaceBetween size="m">
          <Facts
            columns={2}
            facts={[
              { label: 'It asks which files there are', copy: topic('describe/json'), what: 'topic' },
              { label: 'It is told', copy: topic('description/json'), what: 'topic' },
              { label: 'It asks for blocks of a file', copy: topic('get/json'), what: 'topic' },
              { label: 'Each block is a message', copy: topic('data/json'), what: 'topic' },
              { label: 'What is refused, and why', copy: topic('rejected/json'), what: 'topic' },
            ]}
          />
          <Box color="text-body-secondary">
            THING is the name of the thing; cbor in place of json is smaller. A policy for these topics is enough: the
            device needs no right to S3.
          </Box>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  )
}
