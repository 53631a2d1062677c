import Box from '@cloudscape-design/components/box'
import { RadioField, SelectField, TextField } from '../../../shared/form/fields.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import type { DestinationValues } from '../destination-values.ts'

/** The fields of the kind that is chosen. */
export function DestinationFields({ form }: { readonly form: Form<DestinationValues> }) {
  const { kind } = form.values
  return (
    <>
      <RadioField
        field={form.field('kind')}
        label="Kind"
        options={[
          { value: 'http', label: 'HTTP endpoint', description: 'For HTTP actions. Its owner has to confirm it.' },
          { value: 'vpc', label: 'VPC', description: 'For Kafka actions: a way into your virtual private cloud.' },
          {
            value: 'influxdb',
            label: 'InfluxDB',
            description: 'For InfluxDB actions: a database and the secret of it.',
          },
        ]}
      />
      {kind === 'http' && <HttpFields form={form} />}
      {kind === 'vpc' && <VpcFields form={form} />}
      {kind === 'influxdb' && <InfluxDbFields form={form} />}
    </>
  )
}

function HttpFields({ form }: { readonly form: Form<DestinationValues> }) {
  return (
    <>
      <TextField
        field={form.field('confirmationUrl')}
        label="Confirmation URL"
        description="URLs of HTTP actions have to begin with it. Messages go to the action's URL, and never to this one."
        placeholder="https://example.com/iot"
        constraint="At most 2,000 characters, without substitution templates."
      />
      <Box variant="p" color="text-body-secondary">
        AWS IoT sends a POST with a token to this URL at once. The destination can be used when somebody has confirmed
        it with that token: here, or by opening the enableUrl of the request.
      </Box>
    </>
  )
}

function VpcFields({ form }: { readonly form: Form<DestinationValues> }) {
  return (
    <>
      <TextField field={form.field('vpcId')} label="VPC" placeholder="vpc-0a1b2c3d" />
      <TextField
        field={form.field('subnetIds')}
        label="Subnets"
        description="AWS IoT makes a network interface in each. Give those of the brokers."
        placeholder="subnet-0a1b2c3d, subnet-4e5f6a7b"
        constraint="Ids, separated by commas or lines."
      />
      <TextField
        field={form.field('securityGroups')}
        label="Security groups"
        description="Without one, the VPC's default group. They have to let the brokers' ports through."
        placeholder="sg-0a1b2c3d"
        constraint="Ids, separated by commas or lines. Optional."
      />
      <TextField
        field={form.field('roleArn')}
        label="Role"
        description="It has to trust iot.amazonaws.com and to allow ec2:CreateNetworkInterface, DescribeNetworkInterfaces, DeleteNetworkInterface, CreateNetworkInterfacePermission, DescribeVpcs, DescribeVpcAttribute, DescribeSubnets and DescribeSecurityGroups. You need iam:PassRole on it."
        placeholder="arn:aws:iam::123456789012:role/iot-into-vpc"
      />
    </>
  )
}

function InfluxDbFields({ form }: { readonly form: Form<DestinationValues> }) {
  return (
    <>
      <TextField
        field={form.field('endpoint')}
        label="Endpoint"
        placeholder="https://example.timestream-influxdb.us-east-1.on.aws:8086"
      />
      <SelectField
        field={form.field('influxDBVersion')}
        label="InfluxDB version"
        options={[
          { value: 'V3', label: '3' },
          { value: 'V2', label: '2' },
        ]}
      />
      <TextField
        field={form.field('secretId')}
        label="Secret"
        description="Of AWS Secrets Manager, with the token of the database: its name or ARN."
      />
      <TextField
        field={form.field('secretKey')}
        label="Key in the secret"
        description="Where the secret is a JSON object: the member that holds the token. Optional."
      />
    </>
  )
}
