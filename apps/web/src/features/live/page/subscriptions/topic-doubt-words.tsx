import Button from '@cloudscape-design/components/button'
import { doubtTopic } from '@thingdeck/topics'

interface TopicDoubtWordsProps {
  /** A topic or topic filter as it was typed. */
  readonly topic: string
  readonly onChange: (topic: string) => void
}

/** Says that a topic is another one than it looks like, with what was probably meant one click away. */
export function TopicDoubtWords({ topic, onChange }: TopicDoubtWordsProps) {
  const doubt = doubtTopic(topic)
  if (!doubt) return null
  return (
    <p className="td-topic-doubt" role="status">
      {doubt.message}.{' '}
      {doubt.suggestion !== '' && (
        <Button variant="inline-link" formAction="none" onClick={() => onChange(doubt.suggestion)}>
          Use “{doubt.suggestion}”
        </Button>
      )}
    </p>
  )
}
