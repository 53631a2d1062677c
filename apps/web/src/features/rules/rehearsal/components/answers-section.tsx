import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { formatCount } from '../../../../shared/format.ts'
import { isJson } from '../../../../shared/message-draft/json-text.ts'
import { Age } from '../../../../shared/time.tsx'
import type { AskedService, RehearsalAnswer } from '../protocol.ts'
import { Question } from './question.tsx'

/** Functions that ask AWS, with what an answer of each looks like. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  aws_lambda: '{"answer": "of the function"}',
  decode: '{"member": "of the message"}',
  get_dynamodb: '{"column": "of the item"}',
  get_registry_data: '{"thingName": "pump-7", "attributes": {}}',
  get_secret: 'the text of the secret',
  get_thing_shadow: '{"state": {"reported": {}}}',
  machinelearning_predict: '{"predictedLabels": "1"}',
}
const TITLE = 'Answers of AWS'
const OPTIONS = Object.keys(FUNCTIONS).map((value) => ({ value, label: `${value}()` }))

interface AnswersSectionProps {
  readonly asked: readonly AskedService[]
  readonly answers: readonly RehearsalAnswer[]
  readonly onChange: (answers: readonly RehearsalAnswer[]) => void
}

/** What functions that ask AWS are answered with: nobody is asked, but for what the console is told to ask. */
export function AnswersSection({ asked, answers, onChange }: AnswersSectionProps) {
  if (asked.length === 0 && answers.length === 0) return null
  const open = asked.filter(({ isAnswered }) => !isAnswered)
  const add = (answer: RehearsalAnswer) => onChange([answer, ...answers])
  return (
    <ExpandableSection
      headerText={open.length > 0 ? `${TITLE}: ${formatCount(open.length)} missing` : TITLE}
      defaultExpanded
    >
      <SpaceBetween size="m">
        {open.length > 0 && (
          <ul className="td-plain-list" aria-label="Questions without an answer">
            {open.slice(0, 10).map((question) => (
              <Question
                key={`${question.functionName} ${question.args}`}
                question={question}
                example={FUNCTIONS[question.functionName] ?? '{}'}
                onAnswer={add}
              />
            ))}
          </ul>
        )}
        {answers.map((answer, index) => (
          <AnswerRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are what stands at their place
            key={index}
            answer={answer}
            onChange={(changed) => onChange(answers.with(index, changed))}
            onRemove={() => onChange(answers.toSpliced(index, 1))}
          />
        ))}
        <Button onClick={() => add({ functionName: 'aws_lambda', answer: FUNCTIONS.aws_lambda ?? '' })}>
          Add an answer
        </Button>
      </SpaceBetween>
    </ExpandableSection>
  )
}

interface AnswerRowProps {
  readonly answer: RehearsalAnswer
  readonly onChange: (answer: RehearsalAnswer) => void
  readonly onRemove: () => void
}

function AnswerRow({ answer, onChange, onRemove }: AnswerRowProps) {
  const { functionName, pattern = '', answer: text, isFailure = false, calledAtMs } = answer
  const isItem = functionName === 'get_dynamodb' && !isFailure
  const isText = isFailure || functionName === 'get_secret' || (isItem && text.trim() === '')
  // What somebody changed is no longer what AWS answered.
  const change = (changed: RehearsalAnswer) => onChange({ ...changed, calledAtMs: undefined })
  return (
    <fieldset className="td-rehearsal-answer" aria-label={`Answer of ${functionName}()`}>
      <FormField label="Function" stretch>
        <Select
          options={OPTIONS}
          selectedOption={OPTIONS.find(({ value }) => value === functionName) ?? null}
          onChange={({ detail }) => change({ ...answer, functionName: detail.selectedOption.value ?? functionName })}
        />
      </FormField>
      <FormField label="When asked" description="Its arguments; * stands for anything" stretch>
        <Input
          value={pattern}
          placeholder="*"
          spellcheck={false}
          onChange={({ detail }) => onChange({ ...answer, pattern: detail.value })}
        />
      </FormField>
      <FormField
        label={isFailure ? 'Fails because' : 'Answers'}
        errorText={isText || isJson(text) ? undefined : 'This is no JSON.'}
        constraintText={
          functionName === 'get_secret'
            ? 'Make one up: it is kept with test cases, which operators can read.'
            : isItem && 'Empty: there is no such item, and the function is Undefined.'
        }
        stretch
      >
        <div className="td-code">
          <Textarea
            value={text}
            rows={3}
            spellcheck={false}
            onChange={({ detail }) => change({ ...answer, answer: detail.value })}
          />
        </div>
      </FormField>
      <Checkbox checked={isFailure} onChange={({ detail }) => change({ ...answer, isFailure: detail.checked })}>
        The call fails
      </Checkbox>
      {calledAtMs !== undefined && (
        <p className="td-weak">
          {isFailure ? 'As it really failed' : 'As it was really answered'}, called <Age atMs={calledAtMs} />. It is
          gone with this page, unless a test case keeps it.
        </p>
      )}
      <Button variant="inline-link" ariaLabel={`Remove the answer of ${functionName}()`} onClick={onRemove}>
        Remove
      </Button>
    </fieldset>
  )
}
