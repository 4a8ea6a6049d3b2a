package check_test

import (
	"bytes"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	network "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

// cluster is what the manifests would make.
type cluster struct {
	namespaces  map[string]core.Namespace
	configs     map[string]core.ConfigMap
	secrets     map[string]core.Secret
	deployments map[string]apps.Deployment
	jobs        map[string]batch.Job
	services    map[string]core.Service
	ingresses   map[string]network.Ingress
	budgets     map[string]policy.PodDisruptionBudget
	policies    map[string]network.NetworkPolicy
}

// strictly decodes a document into a type of the cluster's own interface: a field that the
// type does not have, or has twice, is an error.
func strictly[T any](t *testing.T, into map[string]T, doc []byte, name string) {
	t.Helper()
	var v T
	if err := yaml.UnmarshalStrict(doc, &v); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if _, twice := into[name]; twice {
		t.Errorf("%s is there twice", name)
	}
	into[name] = v
}

func manifests(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{
		map[string]core.Namespace{},
		map[string]core.ConfigMap{},
		map[string]core.Secret{},
		map[string]apps.Deployment{},
		map[string]batch.Job{},
		map[string]core.Service{},
		map[string]network.Ingress{},
		map[string]policy.PodDisruptionBudget{},
		map[string]network.NetworkPolicy{},
	}
	files, err := filepath.Glob(path("deploy/kubernetes/*.yaml"))
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		for doc := range bytes.SplitSeq(read(t, "deploy/kubernetes/"+filepath.Base(file)), []byte("\n---\n")) {
			c.take(t, filepath.Base(file), doc)
		}
	}
	return c
}

func (c *cluster) take(t *testing.T, file string, doc []byte) {
	t.Helper()
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Metadata   struct {
			Name string `json:"name"`
		} `json:"metadata"`
	}
	if err := yaml.Unmarshal(doc, &head); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	name := head.Metadata.Name
	switch head.APIVersion + " " + head.Kind {
	case "v1 Namespace":
		strictly(t, c.namespaces, doc, name)
	case "v1 ConfigMap":
		strictly(t, c.configs, doc, name)
	case "v1 Secret":
		strictly(t, c.secrets, doc, name)
	case "v1 Service":
		strictly(t, c.services, doc, name)
	case "apps/v1 Deployment":
		strictly(t, c.deployments, doc, name)
	case "batch/v1 Job":
		strictly(t, c.jobs, doc, name)
	case "networking.k8s.io/v1 Ingress":
		strictly(t, c.ingresses, doc, name)
	case "networking.k8s.io/v1 NetworkPolicy":
		strictly(t, c.policies, doc, name)
	case "policy/v1 PodDisruptionBudget":
		strictly(t, c.budgets, doc, name)
	case "kustomize.config.k8s.io/v1beta1 Kustomization":
		c.kustomized(t, doc)
	default:
		t.Errorf("%s: nobody here knows %s %s", file, head.APIVersion, head.Kind)
	}
}

// kustomized checks the list of what is applied: everything but examples and what runs
// once.
func (c *cluster) kustomized(t *testing.T, doc []byte) {
	t.Helper()
	var k struct {
		APIVersion string   `json:"apiVersion"`
		Kind       string   `json:"kind"`
		Namespace  string   `json:"namespace"`
		Resources  []string `json:"resources"`
	}
	if err := yaml.UnmarshalStrict(doc, &k); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(path("deploy/kubernetes/*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		f = filepath.Base(f)
		apart := slices.Contains([]string{"kustomization.yaml", "secrets.example.yaml", "migrate.yaml"}, f)
		if slices.Contains(k.Resources, f) == apart {
			t.Errorf("%s is in the list: %v", f, !apart)
		}
	}
}

func TestKubernetesRunsReplicas(t *testing.T) {
	t.Parallel()
	c := manifests(t)
	d := c.deployments["tinbao"]
	if d.Spec.Replicas == nil || *d.Spec.Replicas < 2 {
		t.Fatal("fewer than two replicas")
	}
	labels := d.Spec.Template.Labels
	for what, wanted := range map[string]map[string]string{
		"the deployment": d.Spec.Selector.MatchLabels, "the service": c.services["tinbao"].Spec.Selector,
		"the budget": c.budgets["tinbao"].Spec.Selector.MatchLabels, "the network policy": c.policies["tinbao"].Spec.PodSelector.MatchLabels,
		"the spread": d.Spec.Template.Spec.TopologySpreadConstraints[0].LabelSelector.MatchLabels,
	} {
		for k, v := range wanted {
			if labels[k] != v {
				t.Errorf("%s looks for %s=%s, the pods have %q", what, k, v, labels[k])
			}
		}
		if len(wanted) == 0 {
			t.Errorf("%s looks for nothing", what)
		}
	}
	if m := c.jobs["tinbao-migrate"].Spec.Template.Labels; maps.Equal(m, labels) {
		t.Error("the service would send requests to the migration")
	}
	if least := c.budgets["tinbao"].Spec.MinAvailable; least == nil || least.IntValue() < 1 || least.IntValue() >= int(*d.Spec.Replicas) {
		t.Errorf("the budget leaves %v of %d", least, *d.Spec.Replicas)
	}
	main := d.Spec.Template.Spec.Containers[0]
	known := routes(t)
	for what, want := range map[string]struct {
		probe *core.Probe
		path  string
	}{
		"liveness": {main.LivenessProbe, "/healthz"}, "startup": {main.StartupProbe, "/healthz"}, "readiness": {main.ReadinessProbe, "/readyz"},
	} {
		if want.probe == nil || want.probe.HTTPGet.Path != want.path || !known[want.path] || want.probe.HTTPGet.Port.String() != main.Ports[0].Name {
			t.Errorf("%s asks %+v", what, want.probe)
		}
	}
	grace, drain := d.Spec.Template.Spec.TerminationGracePeriodSeconds, c.configs["tinbao"].Data["TINBAO_DRAIN_SECONDS"]
	if grace == nil || *grace < stops || drain == "" {
		t.Errorf("killed after %v seconds", grace)
	}
}

// The webhook is all that leaves the cluster, and it is where Telegram is told to send.
func TestKubernetesWebhook(t *testing.T) {
	t.Parallel()
	c := manifests(t)
	rule := c.ingresses["tinbao"].Spec.Rules[0]
	at := rule.HTTP.Paths[0]
	conf := c.configs["tinbao"].Data
	if conf["TINBAO_MODE"] != "webhook" || conf["TINBAO_WEBHOOK_URL"] != "https://"+rule.Host+at.Path || *at.PathType != network.PathTypeExact || len(rule.HTTP.Paths) != 1 {
		t.Errorf("Telegram sends to %s, open is %s%s", conf["TINBAO_WEBHOOK_URL"], rule.Host, at.Path)
	}
	s := c.services[at.Backend.Service.Name]
	if s.Spec.Ports[0].Name != at.Backend.Service.Port.Name || s.Spec.Ports[0].TargetPort.String() != "http" {
		t.Error("the ingress leads nowhere")
	}
	all := settings(t)
	for name := range conf {
		if !all[name] {
			t.Errorf("%s is set, which the program does not read", name)
		}
	}
}

// Pods meet the cluster's strictest standard ("restricted", kubernetes.io/docs/concepts/
// security/pod-security-standards), write nowhere but in memory, and every secret they
// mount is in the example, which holds none.
func TestKubernetesConfinesAndKeepsSecrets(t *testing.T) {
	t.Parallel()
	c := manifests(t)
	if c.namespaces["tinbao"].Labels["pod-security.kubernetes.io/enforce"] != "restricted" {
		t.Error("the cluster enforces nothing")
	}
	for name, s := range c.secrets {
		for key, value := range s.StringData {
			if value != "" || len(s.Data) > 0 {
				t.Errorf("%s holds a secret: %s", name, key)
			}
		}
	}
	for name, spec := range map[string]core.PodSpec{"tinbao": c.deployments["tinbao"].Spec.Template.Spec, "migrate": c.jobs["tinbao-migrate"].Spec.Template.Spec} {
		confined(t, name, spec)
		mounts(t, c, name, spec)
	}
}

func confined(t *testing.T, name string, spec core.PodSpec) {
	t.Helper()
	pod, main := spec.SecurityContext, spec.Containers[0].SecurityContext
	const nobody = 65534 // USER of Dockerfile
	if pod == nil || main == nil || !*pod.RunAsNonRoot || *pod.RunAsUser != nobody || pod.SeccompProfile.Type != core.SeccompProfileTypeRuntimeDefault ||
		*main.AllowPrivilegeEscalation || !*main.ReadOnlyRootFilesystem || !slices.Equal(main.Capabilities.Drop, []core.Capability{"ALL"}) ||
		spec.HostNetwork || spec.HostPID || spec.HostIPC || len(spec.Containers) != 1 {
		t.Errorf("%s is not confined", name)
	}
	if *spec.AutomountServiceAccountToken {
		t.Errorf("%s may speak with the cluster", name)
	}
	if spec.Containers[0].Resources.Limits.Memory().IsZero() {
		t.Errorf("%s may take all memory", name)
	}
	if !strings.Contains(strings.Join([]string{"serve", "migrate"}, " "), spec.Containers[0].Args[0]) {
		t.Errorf("%s runs %v", name, spec.Containers[0].Args)
	}
}

func mounts(t *testing.T, c *cluster, name string, spec core.PodSpec) {
	t.Helper()
	volumes := map[string]core.Volume{}
	for _, v := range spec.Volumes {
		volumes[v.Name] = v
	}
	where := map[string]string{} // path → secret
	for _, m := range spec.Containers[0].VolumeMounts {
		v, there := volumes[m.Name]
		switch {
		case !there:
			t.Errorf("%s mounts %s, which is not there", name, m.Name)
		case v.Secret != nil:
			if m.SubPath != "" || !m.ReadOnly {
				t.Errorf("%s would not see a change of %s", name, m.Name)
			}
			if v.Secret.DefaultMode == nil || *v.Secret.DefaultMode != 0o440 || spec.SecurityContext.FSGroup == nil {
				t.Errorf("%s cannot read %s, or others can", name, m.Name)
			}
			where[m.MountPath] = v.Secret.SecretName
		case v.EmptyDir == nil || v.EmptyDir.Medium != core.StorageMediumMemory:
			t.Errorf("%s writes to a disk at %s", name, m.MountPath)
		}
		delete(volumes, m.Name)
	}
	if len(volumes) > 0 {
		t.Errorf("%s does not mount %v", name, slices.Collect(maps.Keys(volumes)))
	}
	for _, conf := range []string{"TINBAO_TELEGRAM_TOKEN_FILE", "TINBAO_KEYS", "TINBAO_KEK"} {
		file := strings.TrimPrefix(c.configs["tinbao"].Data[conf], "file:")
		if name != "tinbao" {
			continue
		}
		if _, there := c.secrets[where[filepath.Dir(file)]].StringData[filepath.Base(file)]; !there {
			t.Errorf("%s=%s is in no secret", conf, file)
		}
	}
	if _, pass, _ := strings.Cut(c.configs["tinbao"].Data["DATABASE_URL"], "passfile="); where[filepath.Dir(pass)] != "tinbao" {
		t.Errorf("%s has no password for Postgres", name)
	}
}
