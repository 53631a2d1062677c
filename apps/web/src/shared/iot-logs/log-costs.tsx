import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'

/** What logging costs on AWS, before it is turned on: the price is AWS's to say. */
export const LogCosts = () => (
  <Box color="text-body-secondary">
    On AWS, each entry is about half a kilobyte, and CloudWatch Logs charges for what it takes in: a list price of about
    0.50 USD per GB in us-east-1 (as of 2025), which is about 0.25 USD for a million entries; other regions differ.{' '}
    <Link href="https://aws.amazon.com/cloudwatch/pricing/" external>
      CloudWatch pricing
    </Link>
  </Box>
)
