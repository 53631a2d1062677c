import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { deviceEndpointQuery } from '../../shared/device-package/device-queries.ts'
import { paths } from '../../shared/paths.ts'
import { useSession } from '../../shared/session/session.tsx'
import { Commands } from '../../shared/ui/commands.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { FIRST_TOPIC, firstDeviceSteps } from './first-device-steps.ts'

/** In an account with nothing in it: how the first device is connected. */
export function FirstDevice() {
  const { account } = useSession()
  const { data, error, refetch } = useQuery(deviceEndpointQuery)
  const steps = data && firstDeviceSteps({ ...data, account })
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`There is no thing in account ${account} yet. One page leads from a name to a device that is connected, with its key, its files and samples that run.`}
          actions={
            <Button variant="primary" href={paths.connectDevice()}>
              Connect a device
            </Button>
          }
        >
          Connect your first device
        </Header>
      }
    >
      {error && (
        <ErrorAlert error={error} what="Where devices connect could not be read" onRetry={() => void refetch()} />
      )}
      {!error && !steps && <Loading what="where devices connect" />}
      {steps && (
        <div className="td-first-device">
          <SpaceBetween size="m">
            <Box color="text-body-secondary">
              Or with commands, which make one that publishes; they need the AWS CLI, curl and mosquitto:
            </Box>
            <ol>
              <li>
                <Box variant="strong">Watch for its message</Box>: open{' '}
                <Link
                  href={paths.live({ s: [`0:${FIRST_TOPIC}`] })}
                  external
                  externalIconAriaLabel="Opens in a new tab"
                >
                  live messages of <span className="td-mono">{FIRST_TOPIC}</span>
                </Link>
              </li>
              {steps.map(({ title, commands }) => (
                <li key={title}>
                  <Box variant="strong">{title}</Box>
                  <Commands what={title} text={commands} />
                </li>
              ))}
            </ol>
            <Box color="text-body-secondary">
              The thing appears here and under <Link href={paths.things()}>Things</Link> as soon as it is registered.
            </Box>
          </SpaceBetween>
        </div>
      )}
    </Container>
  )
}
