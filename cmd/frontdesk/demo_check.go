package main

func (d *demo) check() { d.expected(d.channel.Log()) }
