import './sample-tour.css'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { paths } from '../../shared/paths.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { TOUR_STEPS, type TourStep, tourPreference } from '../../shared/tour/tour.ts'
import { OVERVIEW } from './api.ts'

/** By what the pumps of the sample fleet are known: nobody else's are of this make. */
const SAMPLE = { attributeName: 'model', attributeValue: 'PX-9', maxResults: 1 }

/** The name of a thing of the sample fleet; `null`: it is not there. It neither comes nor goes while one looks. */
const sampleQuery = queryOptions({
  queryKey: [...OVERVIEW, 'sample'],
  queryFn: async ({ signal }) => {
    const { things } = await api(endpoints.listThings, { query: SAMPLE, signal })
    return things[0]?.thingName ?? null
  },
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})

interface StepWords {
  readonly title: string
  readonly text: string
  readonly href: (pump: string) => string
}

const STEPS: Readonly<Record<TourStep, StepWords>> = {
  live: {
    title: 'Watch what the devices say',
    text: 'Messages come as they are published. Press / to filter them.',
    href: () => paths.live({ s: ['0:dt/#'] }),
  },
  alarm: {
    title: 'Open an alarm that a function has completed',
    text: 'One comes every minute or so, with what the registry knows of the pump. Select it and press Enter.',
    href: () => paths.live({ s: ['0:alarms/#'] }),
  },
  shadow: {
    title: 'Change what a pump should do',
    text: 'Edit its target pressure, look at the preview, and see how it obeys.',
    href: (pump) => paths.shadow(pump, 'config'),
  },
  refused: {
    title: 'See why something would be refused',
    text: 'A pump that publishes in the name of another one: the statement, and what would have to change.',
    href: (pump) => paths.simulator({ thing: pump, check: ['iot:Publish dt/another-pump/telemetry'] }),
  },
  rule: {
    title: 'Rehearse a rule on live messages',
    text: 'Write a rule and rehearse it on what comes now. Nothing is deployed or sent.',
    href: () => paths.createRule({ sql: "SELECT pressure, topic(2) AS pump FROM 'dt/+/telemetry' WHERE pressure > 2" }),
  },
}

/** Where the sample fleet is: what there is to see of it, ticked when it was seen. */
export function SampleTour() {
  const [tour, setTour] = usePreference(tourPreference)
  const { data: pump } = useQuery({ ...sampleQuery, enabled: !tour.isClosed })
  if (tour.isClosed || typeof pump !== 'string') return null
  const left = TOUR_STEPS.filter((step) => !tour.done.includes(step))
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${tour.done.length}/${TOUR_STEPS.length})`}
          description={
            left.length > 0 ? 'What there is to see. A step is ticked once you have done it.' : 'You have seen it all.'
          }
          actions={
            <Button
              iconName="close"
              variant="icon"
              ariaLabel="Close the tour"
              onClick={() => setTour({ ...tour, isClosed: true })}
            />
          }
        >
          Tour of the sample fleet
        </Header>
      }
    >
      <ol className="td-tour">
        {TOUR_STEPS.map((step) => (
          <Step key={step} {...STEPS[step]} pump={pump} isDone={tour.done.includes(step)} />
        ))}
      </ol>
    </Container>
  )
}

function Step({ title, text, href, pump, isDone }: StepWords & { readonly pump: string; readonly isDone: boolean }) {
  return (
    <li>
      <StatusIndicator type={isDone ? 'success' : 'pending'} iconAriaLabel={isDone ? 'Done' : 'To do'} />
      <div>
        <Link href={href(pump)}>{title}</Link>
        {!isDone && (
          <Box variant="small" display="block">
            {text}
          </Box>
        )}
      </div>
    </li>
  )
}
