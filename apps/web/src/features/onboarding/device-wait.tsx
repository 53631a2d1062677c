import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { CertificateDetail, MadeCertificate } from '@thingdeck/contract'
import { useEffect, useState } from 'react'
import { factsQuery } from '../../shared/authorization/facts.ts'
import { certificateDetailQuery } from '../../shared/certificate/certificate-detail-query.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { Facts } from '../../shared/details/facts.tsx'
import { DeviceFiles } from '../../shared/device-package/device-files.tsx'
import { usualTopics } from '../../shared/device-package/device-package.ts'
import { deviceEndpointQuery } from '../../shared/device-package/device-queries.ts'
import type { Parts } from '../../shared/feature/parts.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { useDebounced } from '../../shared/use-debounced.ts'
import { ArrivalView } from './components/arrival-view.tsx'
import { DeviceQrCode } from './components/device-qr-code.tsx'
import { NewKey } from './components/new-key.tsx'
import { ReadinessList } from './components/readiness-list.tsx'
import { readinessOf } from './readiness.ts'
import type { ConnectDeviceSearch } from './search.ts'
import { useArrival } from './use-arrival.ts'

interface DeviceWaitProps extends SearchProps<ConnectDeviceSearch>, Pick<Parts, 'DeviceRefusals' | 'MessageView'> {
  readonly thingName: string
  readonly certificateId: string
  /** The certificate as it was made here, perhaps with its private key. */
  readonly made: MadeCertificate | undefined
  /** What decides is not there yet: that it is missing says nothing. */
  readonly isSettingUp: boolean
  readonly isSaved: boolean
  readonly onSaved: () => void
  readonly onConnected: () => void
  /** A new key with its certificate took the place of this one. */
  readonly onMade: (made: MadeCertificate) => void
}

/** What decides is read again so often while the device is not there. */
const LOOK_EVERY_MS = 5_000
/** Of a certificate that is older, refusals of longer ago are those of another day. */
const MOST_BACK_MS = 60 * 60_000

/** Files for the device, and the wait for it: green with its first message, or why it is refused. */
export function DeviceWait(props: DeviceWaitProps) {
  const { thingName, certificateId, made, isSettingUp, isSaved, search, setSearch, onSaved, onConnected, onMade } =
    props
  const { DeviceRefusals, MessageView } = props
  const usual = usualTopics(thingName)
  const [topics, setTopics] = useState({
    publish: search.send ?? usual.publish,
    subscribe: search.listen ?? usual.subscribe,
  })
  const asked = useDebounced(topics, 500)
  const arrival = useArrival(thingName, asked.publish)
  const isConnected = arrival.connected !== undefined
  const detail = useQuery(certificateDetailQuery(certificateId))
  const facts = useQuery({
    ...factsQuery(certificateId, thingName),
    enabled: !isSettingUp,
    refetchInterval: isConnected ? false : LOOK_EVERY_MS,
  })
  const endpoint = useQuery(deviceEndpointQuery)
  useEffect(() => {
    if (isConnected) onConnected()
  }, [isConnected, onConnected])
  const [openedMs] = useState(serverNow)
  const certificate = made ?? detail.data
  const files = (
    <Container header={<Header variant="h2">Files for the device</Header>}>
      <SpaceBetween size="l">
        <Facts
          facts={[
            { label: 'Thing and client id', copy: thingName },
            { label: 'Certificate id', copy: certificateId },
            endpoint.data && { label: 'Endpoint', copy: `${endpoint.data.host}:${endpoint.data.port}` },
          ]}
        />
        {detail.error && !made && (
          <ErrorAlert
            error={detail.error}
            what="The certificate could not be read"
            onRetry={() => void detail.refetch()}
          />
        )}
        {!certificate && !detail.error && <Loading what="the certificate" />}
        {certificate && (
          <DeviceFiles
            certificate={certificate}
            clientId={thingName}
            topics={topics}
            onTopics={(next) => {
              setTopics(next)
              setSearch(
                {
                  send: next.publish === usual.publish ? undefined : next.publish,
                  listen: next.subscribe === usual.subscribe ? undefined : next.subscribe,
                },
                { replace: true },
              )
            }}
            isSaved={isSaved}
            onSaved={onSaved}
          />
        )}
        {made?.privateKey === undefined && detail.data && !isConnected && (
          <NewKey thingName={thingName} certificate={detail.data} onMade={onMade} />
        )}
        <DeviceQrCode thingName={thingName} certificateId={certificateId} />
      </SpaceBetween>
    </Container>
  )
  const connection = (
    <Container header={<Header variant="h2">Connection</Header>}>
      <SpaceBetween size="l">
        <ArrivalView
          thingName={thingName}
          certificateId={certificateId}
          sends={asked.publish}
          arrival={arrival}
          MessageView={MessageView}
        />
        {facts.error && (
          <ErrorAlert
            error={facts.error}
            what="What AWS IoT would say to the device could not be found out"
            onRetry={() => void facts.refetch()}
          />
        )}
        {facts.data && (
          <div>
            <Box variant="h3">What AWS IoT would say to it now</Box>
            <ReadinessList
              thingName={thingName}
              certificateId={certificateId}
              facts={facts.data}
              readiness={readinessOf(facts.data, { thingName, topics: asked, nowMs: openedMs })}
            />
          </div>
        )}
        <DeviceRefusals
          thingName={thingName}
          certificateId={certificateId}
          sinceMs={arrival.connected?.atMs ?? beganMs(detail.data, openedMs)}
          isLive={!isConnected || arrival.message === undefined}
        />
      </SpaceBetween>
    </Container>
  )
  // Who just made it takes the files first; who comes back comes for the connection.
  return (
    <SpaceBetween size="m">
      {made ? files : connection}
      {made ? connection : files}
    </SpaceBetween>
  )
}

/** The device cannot have tried before there was its certificate. */
function beganMs(detail: CertificateDetail | undefined, openedMs: number): number {
  const createdMs = detail?.createdAt === undefined ? openedMs : Date.parse(detail.createdAt)
  return Math.max(createdMs, openedMs - MOST_BACK_MS)
}
