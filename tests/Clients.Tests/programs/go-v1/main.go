package main

import (
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sts"
)

func main() {
	fmt.Printf("%s/%s\n", aws.SDKName, aws.SDKVersion)
	_, err := sts.New(session.Must(session.NewSession())).GetCallerIdentity(nil)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
