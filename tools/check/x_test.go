package check
import _ "k8s.io/api/apps/v1"
