import Alert from '@cloudscape-design/components/alert'
import type { MetricData } from '@thingdeck/contract'
import { VisibleText } from '../text/visible.tsx'

/** What has to be done where the console may not read CloudWatch, without a full stop. */
export const CLOUDWATCH_RIGHTS =
  "allow the role of the console's server cloudwatch:GetMetricData, cloudwatch:ListMetrics and cloudwatch:DescribeAlarms"

/** Why there are no metrics to show, and what would have to be done. */
export function CloudWatchNotice({ outcome, message = '' }: Pick<MetricData, 'outcome' | 'message'>) {
  if (outcome === 'read') return null
  const isRefused = outcome === 'not-allowed'
  return (
    <Alert
      type={isRefused ? 'warning' : 'info'}
      header={isRefused ? 'The console may not read CloudWatch' : 'There is no CloudWatch here'}
    >
      {isRefused
        ? `To see metrics, ${CLOUDWATCH_RIGHTS}. `
        : 'What stands at this AWS endpoint does not serve CloudWatch, so that no metrics are known. '}
      <span className="td-weak">
        <VisibleText text={message} />
      </span>
    </Alert>
  )
}
